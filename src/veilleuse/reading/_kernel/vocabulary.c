/* Every term and every form it may take, and the gate: a bitmap of the skeletons of all of them. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST_SPLIT = 5, SHORTEST_HALF = 3, BITS_PER_KEY = 16, SHORTEST_INFLECTED = 3 };

typedef struct { Vocabulary *vocabulary; uint32_t term; } Adding;

void vocabulary_prepare(Vocabulary *vocabulary) {
    ordinary_prepare(&vocabulary->ordinary);
    gate_prepare(vocabulary);
}

static uint32_t keep(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    if (!grow((void **)&vocabulary->letters, &vocabulary->letter_room, vocabulary->letter_count + length, 1)) return NONE;
    uint32_t place = (uint32_t)vocabulary->letter_count;
    memcpy(vocabulary->letters + place, word, length);
    vocabulary->letter_count += length;
    return place;
}

static int add_key(Vocabulary *vocabulary, uint64_t key) {
    if (!grow((void **)&vocabulary->keys, &vocabulary->key_room, vocabulary->key_count + 1, sizeof(uint64_t))) return 0;
    vocabulary->keys[vocabulary->key_count++] = key;
    return 1;
}

/* To a word as it is written and, where it may be, drawn out. */
static int open_gate_to(Vocabulary *vocabulary, const uint8_t *word, size_t length, int drawn) {
    uint64_t key = skeleton_hash(vocabulary, word, length);
    int doubled = doubles(vocabulary, word, length);
    return (doubled || add_key(vocabulary, key)) && (!(doubled || drawn) || add_key(vocabulary, as_doubled(key)));
}

static int know(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    if (table_find(&vocabulary->known, word, length) != NONE) return 1;
    return table_add(&vocabulary->known, word, length, 0) && open_gate_to(vocabulary, word, length, 0);
}

static int add_form(void *context, const uint8_t *word, size_t length, Disguise disguise) {
    Adding *adding = context;
    Vocabulary *vocabulary = adding->vocabulary;
    if (length > LONGEST_DISGUISED) return 1;
    uint32_t place = keep(vocabulary, word, length);
    if (place == NONE) return 0;
    if (!grow((void **)&vocabulary->form_items, &vocabulary->form_room, vocabulary->form_count + 1, sizeof(Form))) return 0;
    vocabulary->form_items[vocabulary->form_count] = (Form){place, adding->term, (uint8_t)length, (uint8_t)disguise};
    uint64_t like = skeleton_hash(vocabulary, word, length);
    if (!table_add_hash(&vocabulary->forms, like, (uint32_t)vocabulary->form_count++)) return 0;
    return open_gate_to(vocabulary, word, length, disguise == PLAIN);
}

static int add_half(Vocabulary *vocabulary, const uint8_t *half, size_t length) {
    size_t different = 1;
    for (size_t i = 1; i < length; i++)
        different += vocabulary->fold.merged[half[i]] != vocabulary->fold.merged[half[i - 1]];
    if (different < SHORTEST_HALF || is_ordinary(&vocabulary->ordinary, half, length) ||
        table_find(&vocabulary->halves, half, length) != NONE) return 1;
    return table_add(&vocabulary->halves, half, length, 0) && know(vocabulary, half, length);
}

/* Bit n of a prefix, and bit 31 - n of a suffix, say that a word of n letters wears it; a long word, that any may. */
static void mark_edges(Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint32_t any = 0xffffffffu;
    vocabulary->prefixes[three_letters(vocabulary, word)] |= length < 32 ? 1u << length : any;
    vocabulary->suffixes[three_letters(vocabulary, word + length - 3)] |= length < 32 ? 1u << (31 - length) : any;
}

static int add_sought_word(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length) {
    Adding adding = {vocabulary, term};
    if (length >= SHORTEST_GLUED) mark_edges(vocabulary, word, length);
    uint32_t place = keep(vocabulary, word, length);
    if (place == NONE) return 0;
    if (!grow((void **)&vocabulary->sought, &vocabulary->sought_room, vocabulary->sought_count + 1, sizeof(Sought))) return 0;
    vocabulary->sought[vocabulary->sought_count] = (Sought){place, term, (uint8_t)length};
    if (!table_add(&vocabulary->by_letter, word, 1, (uint32_t)vocabulary->sought_count++)) return 0;
    if (!add_form(&adding, word, length, PLAIN)) return 0;
    if (!each_variant(vocabulary, word, length, add_form, &adding)) return 0;
    for (size_t i = 2; length >= SHORTEST_SPLIT && i < length; i++)
        if (!add_half(vocabulary, word, i) || !add_half(vocabulary, word + i - 1, length - i + 1)) return 0;
    return 1;
}

static int add_word(Vocabulary *vocabulary, uint32_t term, const uint8_t *word, size_t length) {
    if (!table_add(&vocabulary->plain, word, length, term) || !know(vocabulary, word, length)) return 0;
    return vocabulary->terms[term].exact || add_sought_word(vocabulary, term, word, length);
}

/* The word and its plain plural; returns how many. */
static int inflections(const uint8_t *word, size_t length, uint8_t plural[LONGEST_WORD]) {
    memcpy(plural, word, length);
    plural[length] = 's';
    return length < SHORTEST_INFLECTED || strchr("sxz", word[length - 1]) ? 1 : 2;
}

static int add_phrase(Vocabulary *vocabulary, uint32_t term, const uint8_t *const *words, const size_t *lengths, size_t count) {
    size_t anchor = 0, start = vocabulary->word_count;
    if (!grow((void **)&vocabulary->word_ends, &vocabulary->word_room, start + count, 2 * sizeof(uint32_t))) return 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = keep(vocabulary, words[i], lengths[i]);
        if (place == NONE) return 0;
        vocabulary->word_ends[2 * (start + i)] = place;
        vocabulary->word_ends[2 * (start + i) + 1] = (uint32_t)lengths[i];
        if (lengths[i] > lengths[anchor]) anchor = i;
    }
    vocabulary->word_count += count;
    if (!grow((void **)&vocabulary->phrases, &vocabulary->phrase_room, vocabulary->phrase_count + 1, sizeof(Phrase))) return 0;
    vocabulary->phrases[vocabulary->phrase_count] = (Phrase){(uint32_t)start, term, (uint8_t)count, (uint8_t)anchor};
    return table_add(&vocabulary->anchors, words[anchor], lengths[anchor], (uint32_t)vocabulary->phrase_count++) &&
           know(vocabulary, words[anchor], lengths[anchor]);
}

int vocabulary_add(Vocabulary *vocabulary, uint32_t term, const uint8_t *const *words, const size_t *lengths, size_t count) {
    uint8_t plural[LONGEST_WORD];
    const uint8_t *spelling[256];
    size_t sizes[256];
    if (!count || count > 255) return 1;
    memcpy(spelling, words, count * sizeof *words);
    memcpy(sizes, lengths, count * sizeof *lengths);
    int forms = inflections(words[count - 1], lengths[count - 1], plural);
    for (int i = 0; i < forms; i++) {
        if (i) spelling[count - 1] = plural, sizes[count - 1]++;
        if (count == 1 ? !add_word(vocabulary, term, spelling[0], sizes[0])
                       : !add_phrase(vocabulary, term, spelling, sizes, count)) return 0;
    }
    return 1;
}

int vocabulary_close(Vocabulary *vocabulary) {
    size_t words = 64;
    while (words < 1u << PLACE_BITS && words * 64 < vocabulary->key_count * BITS_PER_KEY) words *= 2;
    vocabulary->gate = calloc(words, sizeof(uint64_t));
    vocabulary->gate_mask = words - 1;
    if (!vocabulary->gate) return 0;
    for (size_t i = 0; i < vocabulary->key_count; i++) {
        uint64_t key = vocabulary->keys[i];
        vocabulary->gate[key & vocabulary->gate_mask] |= 1ull << (key >> PLACE_BITS & 63) | 1ull << (key >> (PLACE_BITS + 6) & 63);
    }
    free(vocabulary->keys);
    vocabulary->keys = NULL;
    return 1;
}

void vocabulary_free(Vocabulary *vocabulary) {
    Table *tables[] = {&vocabulary->plain, &vocabulary->forms, &vocabulary->halves, &vocabulary->anchors, &vocabulary->by_letter,
                       &vocabulary->known};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) table_free(tables[i]);
    free(vocabulary->terms);
    free(vocabulary->form_items);
    free(vocabulary->sought);
    free(vocabulary->phrases);
    free(vocabulary->letters);
    free(vocabulary->word_ends);
    free(vocabulary->gate);
    free(vocabulary->keys);
}
