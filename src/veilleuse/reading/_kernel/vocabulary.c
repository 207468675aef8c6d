/* Every term and every form it may take, and the gate: a bitmap of the skeletons of all of them. */
#include "edges.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST_SPLIT = 4, SHORTEST_OPENING = 1, SHORTEST_PIECE = 2, SHORTEST_INFLECTED = 3, SHORTEST_VARIED = 4 };
enum { BITS_PER_KEY = 32, BITS_PER_ANY = 16, SIFTED_TOGETHER = 64 };

typedef struct { Vocabulary *vocabulary; uint32_t term; } Adding;

void vocabulary_prepare(Vocabulary *vocabulary, int plain) {
    vocabulary->newer = !plain && gate_is_newer();
    ordinary_prepare(&vocabulary->ordinary);
    for (size_t i = 0; i < vocabulary->respelling_count; i++)
        vocabulary->respelt[vocabulary->respellings[i].from[0]] |= 1ull << i;
    gate_prepare(vocabulary);
}

static uint32_t keep(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    if (!grow((void **)&vocabulary->letters, &vocabulary->letter_room, vocabulary->letter_count + length, 1)) return NONE;
    uint32_t place = (uint32_t)vocabulary->letter_count;
    memcpy(vocabulary->letters + place, word, length);
    vocabulary->letter_count += length;
    return place;
}

static int add_key(Vocabulary *vocabulary, uint64_t key, As as) {
    if (!grow((void **)&vocabulary->keys, &vocabulary->key_room, vocabulary->key_count + 1, sizeof(uint64_t))) return 0;
    vocabulary->keys[vocabulary->key_count++] = packed_key(key, as) | (uint64_t)((as & 63) == AS_ANY) << 32;
    return 1;
}

/* To a word as it is written and, where it may be, drawn out. */
static int open_gate_to(Vocabulary *vocabulary, Skeleton skeleton, int drawn) {
    return (skeleton.doubled || add_key(vocabulary, skeleton.key, AS_WRITTEN)) &&
           (!(skeleton.doubled || drawn) || add_key(vocabulary, skeleton.key, AS_DOUBLED));
}

/* To a word that may be no form. */
static int open_gate_to_other(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    Skeleton skeleton = skeleton_of(vocabulary, word, length);
    int known = table_find_hash(&vocabulary->other_keys, skeleton.key) != NONE;
    return (known || table_add_hash(&vocabulary->other_keys, skeleton.key, 0)) && open_gate_to(vocabulary, skeleton, 0);
}

static int know(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    if (table_find(&vocabulary->known, word, length) != NONE) return 1;
    return table_add(&vocabulary->known, word, length, 0) && open_gate_to_other(vocabulary, word, length);
}

static int add_form(void *context, const uint8_t *word, size_t length, Disguise disguise) {
    Adding *adding = context;
    Vocabulary *vocabulary = adding->vocabulary;
    if (length > LONGEST_DISGUISED) return 1;
    uint32_t place = keep(vocabulary, word, length);
    if (place == NONE) return 0;
    Skeleton skeleton = skeleton_of(vocabulary, word, length);
    Form form = {place, adding->term, 0, (uint8_t)length, (uint8_t)disguise};
    return index_add(&vocabulary->forms, skeleton.key, form) && open_gate_to(vocabulary, skeleton, disguise == PLAIN);
}

static int add_opening(Vocabulary *vocabulary, const uint8_t *opening, size_t length) {
    return table_find(&vocabulary->openings, opening, length) != NONE || table_add(&vocabulary->openings, opening, length, 0);
}

typedef struct { const uint8_t *letters; size_t length; uint64_t key; As as; uint32_t packed; Question question; } Piece;
typedef struct { Piece pieces[SIFTED_TOGETHER]; size_t count; } Pieces;

/* Adds those that are new and do not stand alone: far memory is asked for all of them at a time. */
static int sift_pieces(Vocabulary *vocabulary, Pieces *waiting) {
    size_t count = 0;
    if (!set_make_room(&vocabulary->pieces, waiting->count)) return 0;
    for (size_t i = 0; i < waiting->count; i++) {
        Piece *piece = &waiting->pieces[i];
        Skeleton skeleton = skeleton_of(vocabulary, piece->letters, piece->length);
        piece->key = skeleton.key;
        piece->as = skeleton.doubled ? AS_DOUBLED_PIECE : AS_PIECE;
        piece->packed = packed_key(piece->key, piece->as);
        set_soon(&vocabulary->pieces, piece->packed);
    }
    for (size_t i = 0; i < waiting->count; i++) {
        Piece piece = waiting->pieces[i];
        if (set_has(&vocabulary->pieces, piece.packed)) continue;
        piece.question = question_of_whole(&vocabulary->ordinary, piece.letters, piece.length);
        ask_ahead(&vocabulary->ordinary, &piece.question, 0);
        waiting->pieces[count++] = piece;
    }
    waiting->count = 0;
    for (size_t i = 0; i < count; i++) {
        const Piece *piece = &waiting->pieces[i];
        int alone = says_yes(&vocabulary->ordinary, &piece->question, 0) ||
                    table_find(&vocabulary->plain, piece->letters, piece->length) != NONE;
        if (!alone && set_add(&vocabulary->pieces, piece->packed) && !add_key(vocabulary, piece->key, piece->as)) return 0;
    }
    return 1;
}

/* What is left of a word when it is written as several; of a plural, what the singular has not left: one of three letters
   leaves nothing. */
static int add_pieces(Vocabulary *vocabulary, const uint8_t *word, size_t length, int plural) {
    Pieces waiting;
    waiting.count = 0;
    if (length < SHORTEST_SPLIT) return 1;
    if (length > vocabulary->longest) vocabulary->longest = length;
    for (size_t size = SHORTEST_OPENING; size < length; size++) {
        if (!add_opening(vocabulary, word, size)) return 0;
        for (size_t start = plural ? length - size : 0; size >= SHORTEST_PIECE && start + size <= length; start++) {
            waiting.pieces[waiting.count].letters = word + start;
            waiting.pieces[waiting.count++].length = size;
            if (waiting.count == SIFTED_TOGETHER && !sift_pieces(vocabulary, &waiting)) return 0;
        }
    }
    return sift_pieces(vocabulary, &waiting);
}

static void mark_edge(Vocabulary *vocabulary, const uint8_t *codes, size_t length, int end, uint32_t count) {
    if (count > length) return;
    uint32_t bit = edge_bit(eight(codes + (end ? length - count : 0)), count);
    vocabulary->edges[end][bit >> 6] |= 1ull << (bit & 63);
}

static void mark_five(Vocabulary *vocabulary, uint64_t five, int end, size_t length) {
    uint32_t bit = five_bit(five);
    vocabulary->fives[end][bit >> 6] |= 1ull << (bit & 63);
    vocabulary->sizes[end][size_place(five)] |= 1ull << (length < LONGEST_SIZE ? length : LONGEST_SIZE);
}

/* How a word begins and ends: brief ones as a whole. */
static void mark_edges(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint8_t codes[LONGEST_WORD + 8] = {0};
    if (length < SHORTEST_GLUED) return;
    vocabulary->brief |= length == SHORTEST_GLUED;
    for (size_t i = 0; i < length; i++) codes[i] = vocabulary->letter_codes[word[i]];
    for (int end = 0; end < 2; end++) {
        mark_edge(vocabulary, codes, length, end, length < LONGEST_EDGE ? (uint32_t)length : LONGEST_EDGE);
        mark_edge(vocabulary, codes, length, end, WIDE_EDGE);
        if (length >= LONGEST_EDGE) mark_five(vocabulary, eight(codes + (end ? length - LONGEST_EDGE : 0)), end, length);
        for (uint64_t other = 0; length == SHORTEST_JOINED && other < 32; other++)
            mark_five(vocabulary, end ? eight(codes) << 8 | other : eight(codes) | other << 32, end, length);
    }
}

static void mark_whole(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint8_t codes[LONGEST_WORD + 16] = {0};
    for (size_t i = 0; i < length; i++) codes[i] = vocabulary->letter_codes[word[i]];
    uint64_t hash = term_hash(codes, (uint32_t)length);
    vocabulary->whole[hash >> (64 - WHOLE_BITS)] |= 1ull << (hash >> 40 & 63) | 1ull << (hash >> 46 & 63);
}

static void mark_shape(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint8_t first = vocabulary->letter_codes[word[0]], last = vocabulary->letter_codes[word[length - 1]];
    if (first >= 1 && first <= 26 && length <= LONGEST_DISGUISED) vocabulary->shapes[first - 1][length] |= 1u << last;
}

static int ends_with(const uint8_t *word, size_t length, const char *ending) {
    size_t size = strlen(ending);
    return length >= size && !memcmp(word + length - size, ending, size);
}

/* What follows a first letter that a sign in front may be. */
static int add_headless(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    const uint8_t *merged = vocabulary->fold.merged;
    if (length < SHORTEST_FRONTED || (merged[word[0]] != merged['!'] && merged[word[0]] != merged['('])) return 1;
    return open_gate_to_other(vocabulary, word + 1, length - 1);
}

static int add_sought_word(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length, int plural) {
    Adding adding = {vocabulary, term};
    mark_edges(vocabulary, word, length);
    mark_whole(vocabulary, word, length);
    mark_shape(vocabulary, word, length);
    if (!add_headless(vocabulary, word, length)) return 0;
    uint32_t place = keep(vocabulary, word, length);
    if (place == NONE) return 0;
    if (!grow((void **)&vocabulary->sought, &vocabulary->sought_room, vocabulary->sought_count + 1, sizeof(Sought))) return 0;
    vocabulary->sought[vocabulary->sought_count] = (Sought){place, term, (uint8_t)length};
    if (!table_add(&vocabulary->by_letter, word, 1, (uint32_t)vocabulary->sought_count++)) return 0;
    if (!add_form(&adding, word, length, PLAIN)) return 0;
    if (!each_variant(vocabulary, word, length, plural, add_form, &adding)) return 0;
    return add_pieces(vocabulary, word, length, plural && length > SHORTEST_SPLIT && !ends_with(word, length, "es"));
}

static int add_plain_word(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length) {
    return table_add(&vocabulary->plain, word, length, term) && know(vocabulary, word, length);
}

typedef struct { uint8_t letters[LONGEST_WORD + 4]; size_t length; } Spelling;

static Spelling with_ending(const uint8_t *word, size_t length, const char *ending) {
    Spelling spelling;
    size_t added = strlen(ending);
    memcpy(spelling.letters, word, length);
    memcpy(spelling.letters + length, ending, added);
    spelling.length = length + added;
    return spelling;
}

/* The word and its plurals, French and English; returns how many. */
static int inflections(const uint8_t *word, size_t length, Spelling out[3]) {
    int count = 0;
    out[count++] = with_ending(word, length, "");
    uint8_t last = word[length - 1];
    if (length < SHORTEST_INFLECTED || last == 'x' || last == 'z') return count;
    if (last != 's') out[count++] = with_ending(word, length, "s");
    if (ends_with(word, length, "au") || ends_with(word, length, "eu") || ends_with(word, length, "ou"))
        out[count++] = with_ending(word, length, "x");
    else if (last == 's' || last == 'o' || ends_with(word, length, "sh") || ends_with(word, length, "ch"))
        out[count++] = with_ending(word, length, "es");
    else if (last == 'y' && !memchr("aeiouy", word[length - 2], 6))
        out[count++] = with_ending(word, length - 1, "ies");
    return count;
}

static int add_ending(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length, const char *ending) {
    Spelling ended = with_ending(word, length, ending);
    if (is_ordinary(&vocabulary->ordinary, ended.letters, ended.length)) return 1;
    return table_add(&vocabulary->ended, ended.letters, ended.length, term) && know(vocabulary, ended.letters, ended.length);
}

/* The word with what makes it feminine in French, a verb in English, or a plural by ear. */
static int add_endings(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length) {
    if (length < SHORTEST_VARIED) return 1;
    uint8_t last = word[length - 1];
    size_t stem = length - (last == 'e');
    int ok = add_ending(vocabulary, term, word, stem, "ed") && add_ending(vocabulary, term, word, stem, "ing") &&
             add_ending(vocabulary, term, word, stem, "er");
    if (!memchr("aeiouy", last, 6))
        ok = ok && add_ending(vocabulary, term, word, length, "e") && add_ending(vocabulary, term, word, length, "es");
    if (last != 's' && last != 'x' && last != 'z') ok = ok && add_ending(vocabulary, term, word, length, "z");
    return ok;
}

static int add_word(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length) {
    Spelling spellings[3];
    int count = inflections(word, length, spellings), exact = vocabulary->terms[term].exact;
    for (int i = 0; i < count; i++) {
        const uint8_t *letters = spellings[i].letters;
        if (!add_plain_word(vocabulary, term, letters, spellings[i].length)) return 0;
        if (!exact && !add_sought_word(vocabulary, term, letters, spellings[i].length, i > 0)) return 0;
    }
    return exact || add_endings(vocabulary, term, word, length);
}

/* The word by which a phrase is found: the longest of those that few people use, else the longest. */
static size_t anchor_of(const Vocabulary *vocabulary, const uint8_t *const *words, const size_t *lengths, size_t count) {
    size_t anchor = 0;
    int rare = 0;
    for (size_t i = 0; i < count; i++) {
        int few = !is_frequent(&vocabulary->ordinary, words[i], lengths[i]);
        if (few > rare || (few == rare && (!i || lengths[i] > lengths[anchor]))) anchor = i;
        rare |= few;
    }
    return anchor;
}

static int add_phrase(Vocabulary *vocabulary, uint32_t term, const uint8_t *const *words, const size_t *lengths, size_t count) {
    size_t anchor = anchor_of(vocabulary, words, lengths, count), start = vocabulary->word_count;
    if (!grow((void **)&vocabulary->word_ends, &vocabulary->word_room, start + count, 2 * sizeof(uint32_t)) ||
        !grow((void **)&vocabulary->word_keys, &vocabulary->word_key_room, start + count, sizeof(uint64_t))) return 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = keep(vocabulary, words[i], lengths[i]);
        if (place == NONE) return 0;
        vocabulary->word_ends[2 * (start + i)] = place;
        vocabulary->word_ends[2 * (start + i) + 1] = (uint32_t)lengths[i];
        vocabulary->word_keys[start + i] = skeleton_hash(vocabulary, words[i], lengths[i]);
    }
    vocabulary->word_count += count;
    if (!grow((void **)&vocabulary->phrases, &vocabulary->phrase_room, vocabulary->phrase_count + 1, sizeof(Phrase))) return 0;
    vocabulary->phrases[vocabulary->phrase_count] = (Phrase){(uint32_t)start, term, (uint8_t)count, (uint8_t)anchor};
    uint64_t key = vocabulary->word_keys[start + anchor];
    uint32_t number = (uint32_t)vocabulary->phrase_count++;
    return table_add(&vocabulary->anchors, words[anchor], lengths[anchor], number) &&
           table_add_hash(&vocabulary->anchor_keys, key, number) && add_key(vocabulary, key, AS_ANCHOR);
}

int vocabulary_add(Vocabulary *vocabulary, uint32_t term, const uint8_t *const *words, const size_t *lengths, size_t count) {
    Spelling last[3];
    const uint8_t *spelling[256];
    size_t sizes[256];
    if (!count || count > 255) return 1;
    if (count == 1) return add_word(vocabulary, term, words[0], lengths[0]);
    memcpy(spelling, words, count * sizeof *words);
    memcpy(sizes, lengths, count * sizeof *lengths);
    int forms = inflections(words[count - 1], lengths[count - 1], last);
    for (int i = 0; i < forms; i++) {
        spelling[count - 1] = last[i].letters;
        sizes[count - 1] = last[i].length;
        if (!add_phrase(vocabulary, term, spelling, sizes, count)) return 0;
    }
    return 1;
}

static uint64_t *bitmap_of(size_t words) {
    uint64_t *bitmap = far_room(words * sizeof(uint64_t));
    return bitmap ? memset(bitmap, 0, words * sizeof(uint64_t)) : NULL;
}

/* How many words a bitmap has for so many keys, less one: a power of two. */
static size_t mask_for(const Vocabulary *vocabulary, size_t bits) {
    size_t words = 64;
    while (words < 1u << PLACE_BITS && words * 64 < vocabulary->key_count * bits) words *= 2;
    return words - 1;
}

enum { TABLES = 8 };

static Table *table_of(Vocabulary *vocabulary, size_t number) {
    Table *tables[TABLES] = {&vocabulary->plain,     &vocabulary->ended, &vocabulary->openings,    &vocabulary->anchors,
                             &vocabulary->by_letter, &vocabulary->known, &vocabulary->anchor_keys, &vocabulary->other_keys};
    return tables[number];
}

int vocabulary_close(Vocabulary *vocabulary) {
    vocabulary->gate_mask = mask_for(vocabulary, BITS_PER_KEY);
    vocabulary->any_mask = mask_for(vocabulary, BITS_PER_ANY);
    vocabulary->gate = bitmap_of(vocabulary->gate_mask + 1);
    vocabulary->any = bitmap_of(vocabulary->any_mask + 1);
    if (!vocabulary->gate || !vocabulary->any) return 0;
    for (size_t i = 0; i < vocabulary->key_count; i++) {
        uint32_t key = (uint32_t)vocabulary->keys[i];
        uint64_t first = 1ull << (key >> PLACE_BITS & 63);
        vocabulary->gate[key & vocabulary->gate_mask] |= first | 1ull << (key >> (PLACE_BITS + 6));
        if (vocabulary->keys[i] >> 32) vocabulary->any[key & ((1u << PLACE_BITS) - 1) & vocabulary->any_mask] |= first;
    }
    free(vocabulary->keys);
    vocabulary->keys = NULL;
    set_free(&vocabulary->pieces);
    for (size_t i = 0; i < TABLES; i++) table_close(table_of(vocabulary, i));
    move_far((void **)&vocabulary->letters, vocabulary->letter_count);
    vocabulary->letter_room = vocabulary->letter_count;
    return index_close(&vocabulary->forms);
}

void vocabulary_free(Vocabulary *vocabulary) {
    for (size_t i = 0; i < TABLES; i++) table_free(table_of(vocabulary, i));
    set_free(&vocabulary->pieces);
    free(vocabulary->terms);
    index_free(&vocabulary->forms);
    free(vocabulary->sought);
    free(vocabulary->phrases);
    free(vocabulary->letters);
    free(vocabulary->word_ends);
    free(vocabulary->word_keys);
    free(vocabulary->gate);
    free(vocabulary->any);
    free(vocabulary->keys);
}
