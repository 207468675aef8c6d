/* What the gate let through, looked at once more in codes alone: few texts are read for what only seems. */
#include "edges.h"

enum { WIDEST_BREAK = 3 };

/* The first so many letters that eight bytes hold. */
static uint64_t some_of(const uint8_t *codes, uint32_t count) {
    uint64_t letters = eight(codes) & 0x1f1f1f1f1f1f1f1f;
    return count < 8 ? letters & ((1ull << 8 * count) - 1) : letters;
}

uint64_t term_hash(const uint8_t *codes, uint32_t size) {
    uint64_t key = mixed_key(some_of(codes, size), size > 8 ? some_of(codes + 8, size - 8) : 0);
    return (key + size) * 0x9fb21c651e98df25u;
}

static int has_term(const Vocabulary *vocabulary, const uint8_t *codes, uint32_t size) {
    uint64_t hash = term_hash(codes, size), word = vocabulary->whole[hash >> (64 - WHOLE_BITS)];
    return (int)(word >> (hash >> 40 & 63) & word >> (hash >> 46 & 63) & 1);
}

/* How many letters a term may have that stands at that end of a word, beside another of three letters or more. */
static uint64_t sizes_beside(const Vocabulary *vocabulary, const uint8_t *codes, uint32_t size, int end) {
    uint64_t room = size > LONGEST_DISGUISED ? 0 : (1ull << (size - SHORTEST_GLUED + 1)) - (1ull << SHORTEST_JOINED);
    return room & sizes_with(vocabulary, eight(end ? codes + size - WIDE_EDGE : codes), size, end);
}

int holds_two(const Vocabulary *vocabulary, const uint8_t *codes, uint32_t size) {
    if (size == SHORTEST_DOUBLE)
        return (int)(has_edge(vocabulary, eight(codes), SHORTEST_GLUED, 0) &
                     has_edge(vocabulary, eight(codes + size - SHORTEST_GLUED), SHORTEST_GLUED, 1));
    for (int end = 0; end < 2; end++)
        for (uint64_t sizes = sizes_beside(vocabulary, codes, size, end); sizes; sizes &= sizes - 1) {
            uint32_t count = (uint32_t)lowest_bit(sizes);
            if (has_term(vocabulary, codes + (end ? size - count : 0), count)) return 1;
        }
    return 0;
}

uint32_t *edged(const Vocabulary *vocabulary, const Gate *gate, const uint32_t *end) {
    uint32_t *kept = gate->glued;
    for (const uint32_t *word = gate->glued; word < end; word++) {
        const uint32_t *bounds = gate->bounds + 2 * (size_t)*word;
        const uint8_t *codes = gate->codes + bounds[0];
        uint32_t size = bounds[1] - bounds[0];
        *kept = *word;
        kept += (size == SHORTEST_DOUBLE) |
                ((sizes_beside(vocabulary, codes, size, 0) | sizes_beside(vocabulary, codes, size, 1)) != 0);
    }
    return kept;
}

/* Whether a word of so many letters begins and ends as this chunk does, as far as it is shown. */
static int blanked_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length, size_t blanks) {
    uint8_t first = codes[0] & CODE_LETTER, last = codes[length - 1] & CODE_LETTER;
    if (2 * blanks > length || length > LONGEST_DISGUISED || first < 1 || first >= APOSTROPHE) return 0;
    uint32_t lasts = vocabulary->shapes[first - 1][length];
    return last >= APOSTROPHE ? lasts != 0 : lasts >> last & 1;
}

/* A chunk without the signs around it: its letters joined, or its signs read as letters, one of them as a masked one. */
static int core_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    Key joined = {{0}, 0, 0}, read = {{0}, 0, 0};
    int unread = 0;
    size_t blanks = 0, brackets = 0;
    if (length > LONGEST_DISGUISED) return 0;
    for (size_t i = 0; i < length; i++) {
        uint8_t letter = codes[i] & CODE_LETTER;
        if (!(codes[i] & CODE_SIGN)) {
            put(&joined, letter);
            continue;
        }
        if (letter == MASK) return 1;
        blanks += letter == MASKS || letter == PARTS;
        brackets += codes[i] == BRACKET;
        unread |= letter == APOSTROPHE || letter == OTHER;
    }
    if (is_open(vocabulary, made(&joined))) return 1;
    if (unread) return 0;
    if (brackets) return 1;
    if (blanks > 1) return blanked_opens(vocabulary, codes, length, blanks);
    for (size_t i = 0; i < length; i++) {
        uint8_t letter = codes[i] & CODE_LETTER;
        put(&read, codes[i] & CODE_SIGN && letter >= APOSTROPHE ? BLANK_CODE : letter);
    }
    return is_open(vocabulary, made(&read));
}

int gate_fronts(const Gate *gate, uint32_t start) { return is_front_code(gate->codes[start - 1]); }

/* Between digits, as what is plain may stand. */
static int bare_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    size_t first = 0, last = length;
    while (first < last && codes[first] & CODE_DIGIT) first++;
    while (last > first && codes[last - 1] & CODE_DIGIT) last--;
    return first < last && last - first < length && is_open(vocabulary, key_of_codes(codes + first, last - first));
}

/* As a sign in front may be its first letter. */
static int cores_open(const Vocabulary *vocabulary, const uint8_t *codes, size_t start, size_t last) {
    size_t first = start;
    for (int sign = CODE_AROUND, again = 1; again; sign = CODE_SIGN) {
        while (first < last && (codes[first] & sign) == sign) first++;
        while (last > first && (codes[last - 1] & sign) == sign) last--;
        if (first > start && is_front_code(codes[first - 1]) && core_opens(vocabulary, codes + first - 1, last - first + 1)) return 1;
        if (core_opens(vocabulary, codes + first, last - first)) return 1;
        again = first < last && ((codes[first] | codes[last - 1]) & CODE_SIGN);
    }
    return 0;
}

/* A chunk with signs, whole or after its last apostrophe. */
static int signed_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    size_t after = 0, signs = 0, signs_after = 0;
    for (size_t i = 0; i < length; i++) {
        int sign = codes[i] >> 6;
        signs += (size_t)sign;
        signs_after += (size_t)sign;
        if (sign && (codes[i] & CODE_LETTER) == APOSTROPHE) after = i + 1, signs_after = 0;
    }
    if (signs && cores_open(vocabulary, codes, 0, length)) return 1;
    return after && signs_after && cores_open(vocabulary, codes, after, length);
}

/* Letters with one sign among them, which stands at that place: joined, or the sign read. */
static int joint_opens(const Vocabulary *vocabulary, const uint8_t *codes, uint32_t place, uint32_t length) {
    uint8_t joined[4 * KEYED], read[4 * KEYED], sign = codes[place], letter = sign & CODE_LETTER;
    memcpy(joined, codes, KEYED);
    memcpy(joined + place, codes + place + 1, 2 * KEYED);
    if (is_open(vocabulary, key_of_word(joined, length - 1)) || letter == MASK || sign == BRACKET) return 1;
    if (letter == APOSTROPHE || letter == OTHER) return 0;
    memcpy(read, codes, 2 * KEYED);
    read[place] = letter >= APOSTROPHE ? BLANK_CODE : letter;
    return is_open(vocabulary, key_of_word(read, length));
}

/* What most chunks are: letters with one sign among them, and signs around; or digits and letters. Returns whether it
   opens, -1 where it is another; the words themselves were asked before. A row goes on for 64 codes after its last chunk. */
static int simple_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    if (length >= WIDTH) return -1;
    uint64_t all = (1ull << length) - 1;
    Masks seen = masks_of(codes);
    uint64_t word = seen.word & all, digit = seen.digit & all, sign = seen.sign & all, cross = seen.cross & all;
    if (!word || cross & (cross << 1 | cross << 2)) return -1;
    if (digit) {
        uint64_t bare = word & ~digit;
        if (sign || !bare) return -1;
        return is_open(vocabulary, key_of_word(codes + lowest_bit(bare), (uint32_t)(highest_bit(bare) - lowest_bit(bare) + 1)));
    }
    int first = lowest_bit(word), last = highest_bit(word);
    uint64_t inner = sign >> first << first & ((2ull << last) - 1);
    if (!inner || inner & (inner - 1) || (sign ^ inner) & ~seen.around || last - first > KEYED) return -1;
    int between = lowest_bit(inner);
    uint8_t letter = codes[between] & CODE_LETTER;
    if (letter != APOSTROPHE && ((first && is_front_code(codes[first - 1])) || (letter == PARTS && sign != inner))) return -1;
    return joint_opens(vocabulary, codes + first, (uint32_t)(between - first), (uint32_t)(last - first + 1));
}

int chunk_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    size_t digits = 0, parts = 0;
    int simple = simple_opens(vocabulary, codes, length);
    if (simple >= 0) return simple;
    for (size_t i = 0; i < length; i++) {
        if (codes[i] == CROSS && ((i > 0 && codes[i - 1] == CROSS) || (i > 1 && codes[i - 2] == CROSS))) return 1;
        digits += (size_t)(codes[i] >> 5 == 1);
        parts += (size_t)(codes[i] == (CODE_AROUND | PARTS));
    }
    for (size_t i = 0; digits && i < length; i++) {
        size_t start = i;
        while (i < length && !(codes[i] & CODE_SIGN)) i++;
        if (bare_opens(vocabulary, codes + start, i - start)) return 1;
    }
    if (signed_opens(vocabulary, codes, length)) return 1;
    for (size_t i = 0; parts && i < length; i++) {
        size_t start = i;
        while (i < length && codes[i] != (CODE_AROUND | PARTS)) i++;
        if (i > start && signed_opens(vocabulary, codes + start, i - start)) return 1;
    }
    return 0;
}

/* Whether one of these words is a piece. */
static int has_piece(const Vocabulary *vocabulary, const Gate *gate, size_t word, size_t last) {
    for (; word <= last; word++) {
        const uint32_t *bounds = gate->bounds + 2 * word;
        As as = repeats(gate->codes + bounds[0], bounds[1] - bounds[0]) ? AS_DOUBLED_PIECE : AS_PIECE;
        if (opens(vocabulary, gate->keys[word], as)) return 1;
    }
    return 0;
}

static uint64_t from_size(uint64_t sizes, uint32_t size) { return sizes >> (size < LONGEST_SIZE ? size : LONGEST_SIZE); }

/* The sizes of terms with these first letters, from that one on; any where they are too few to say. */
static uint64_t sizes_from(const Vocabulary *vocabulary, const uint8_t *letters, uint32_t count, uint32_t size) {
    if (count < LONGEST_EDGE) return ~0ull;
    return from_size(sizes_with(vocabulary, eight(letters), count, 0), size);
}

/* The first so many letters, and others behind them. */
static uint64_t followed(uint64_t letters, uint32_t count, uint64_t others) {
    uint32_t half = 4 * (count < 8 ? count : 8); /* of the bits: a shift by 64 is none */
    return (letters & ~(~0ull << half << half)) | others << half << half;
}

/* Whether there is a term that this word may be with the next, with two behind it, or with three and more: fewer than five
   letters leave that open. No branch, for none is more likely. */
static int may_go_on(const Vocabulary *vocabulary, const uint8_t *codes, const uint32_t *bounds) {
    uint64_t letters = eight(codes + bounds[0]);
    uint32_t counts[4] = {bounds[1] - bounds[0]};
    for (int i = 1; i < 4; i++) {
        letters = followed(letters, counts[i - 1], eight(codes + bounds[2 * i]));
        counts[i] = counts[i - 1] + bounds[2 * i + 1] - bounds[2 * i];
    }
    uint64_t sizes = sizes_with(vocabulary, letters, counts[3], 0);
    uint64_t exact = (from_size(sizes, counts[1]) | from_size(sizes, counts[2])) & 1;
    return (counts[3] < LONGEST_EDGE) | ((exact | from_size(sizes, counts[3])) != 0);
}

uint32_t *going_on(const Vocabulary *vocabulary, const Gate *gate, const uint32_t *end) {
    uint32_t *kept = gate->openings;
    for (const uint32_t *word = gate->openings; word < end; word++) {
        *kept = *word;
        kept += may_go_on(vocabulary, gate->codes, gate->bounds + 2 * (size_t)*word);
    }
    return kept;
}

int opening_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word) {
    uint8_t letters[LONGEST_WORD + 2 * KEYED];
    uint32_t count = 0;
    for (size_t k = word; k < gate->bound_count / 2; k++) {
        uint32_t start = gate->bounds[2 * k], size = gate->bounds[2 * k + 1] - start;
        if (count + size > LONGEST_WORD) return 0;
        memcpy(letters + count, gate->codes + start, KEYED); /* most words are no longer, and a row goes on */
        if (size > KEYED) memcpy(letters + count, gate->codes + start, size);
        count += size;
        uint64_t sizes = sizes_from(vocabulary, letters, count, count + (k == word));
        if (!sizes) return 0; /* most end here */
        if (k == word) continue;
        if (count >= SHORTEST_JOINED && sizes & 1 && has_term(vocabulary, letters, count) && has_piece(vocabulary, gate, word, k))
            return 1;
    }
    return 0;
}

int anchor_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word) {
    size_t words = gate->bound_count / 2;
    uint32_t node = table_find_hash(&vocabulary->anchor_keys, gate->keys[word]);
    for (; node != NONE; node = vocabulary->anchor_keys.nodes[node].next) {
        const Phrase *phrase = &vocabulary->phrases[vocabulary->anchor_keys.nodes[node].value];
        if (word < phrase->anchor || word - phrase->anchor + phrase->count > words) continue;
        const uint64_t *keys = gate->keys + (word - phrase->anchor), *wanted = vocabulary->word_keys + phrase->words;
        size_t i = 0;
        while (i < phrase->count && keys[i] == wanted[i]) i++;
        if (i == phrase->count) return 1;
    }
    return 0;
}

Span gate_chunk(const Gate *gate, uint32_t place) {
    const uint8_t *codes = gate->codes;
    return (Span){place - (uint32_t)codes_before(codes + place), place + (uint32_t)codes_after(codes + place)};
}

/* Whether one of these codes is of a sign that reads as a letter, or masks one. */
static int has_sign_letter(const uint8_t *codes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (codes[i] & CODE_SIGN && ((codes[i] & CODE_LETTER) < APOSTROPHE || (codes[i] & CODE_LETTER) == MASK)) return 1;
    return 0;
}

/* A sign near them may be one of the letters: then the text is to be read. A row has room before its first word. */
int lone_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word) {
    Key key = {{0}, 0, 0};
    if (has_sign_letter(gate->codes + gate->bounds[2 * word] - WIDEST_BREAK - 1, WIDEST_BREAK + 1)) return 1;
    for (size_t k = word; k < word + LONGEST_SPELLED && k < gate->bound_count / 2; k++) {
        const uint32_t *bounds = gate->bounds + 2 * k;
        if (bounds[1] - bounds[0] > 1) return 0;
        if (k > word && bounds[0] - bounds[-1] > WIDEST_BREAK) return 0;
        if (has_sign_letter(gate->codes + bounds[1], WIDEST_BREAK + 1)) return 1;
        put(&key, gate->codes[bounds[0]] & CODE_LETTER);
        if (k >= word + FEWEST_SPELLED - 1 && is_open(vocabulary, made(&key))) return 1;
    }
    return 0;
}
