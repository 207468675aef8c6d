/* The gate: one pass over many texts that lets through the words that may be something, and nearly no other.

   Each byte becomes a code. Its low five bits are a letter, look-alikes already one; no letter, 0, is a separator:

       00 letter   letter of a word, or ligature
       01 letter   digit, as the letter it reads as
       10 letter   sign that stands in a word more often than around it, as the letter it reads as, or what it is
       11 letter   sign that stands around a word more often than in it

   Codes of several texts stand in one row, with separators between. Words are told apart 64 codes at a time by masks of
   one bit a code. A word's key is made of its first 16 letters, doubled ones once, and looked up in one bitmap that holds
   the keys of all words, forms and anchors of phrases, and of how terms begin. */
#include "codes.h"

#include <stdlib.h>

#if defined(__GNUC__)
#define SOON(place) __builtin_prefetch(place)
#else
#define SOON(place) (void)(place)
#endif

enum { WIDTH = 64, FRONT = 8, TILE = 128 };

static uint8_t letter_code(uint8_t merged) {
    if (merged >= 'a' && merged <= 'z') return (uint8_t)(merged - 'a' + 1);
    return merged >= '0' && merged <= '9' ? (uint8_t)(ODD_DIGIT + (merged >> 2 & 1)) : 0;
}

static uint8_t sign_code(uint8_t sign, uint8_t merged) {
    uint8_t letter = letter_code(merged);
    if (letter) return letter;
    if (sign == '\'') return APOSTROPHE;
    if (sign == ',' || sign == '^') return PARTS;
    if (memchr("#_.-", sign, 4)) return MASKS;
    return sign == BLANK ? MASK : OTHER;
}

void gate_prepare(Vocabulary *vocabulary) {
    const Fold *fold = &vocabulary->fold;
    for (int byte = 0; byte < 256; byte++) {
        uint8_t kinds = fold->kinds[byte], letter = letter_code(fold->merged[byte]), sign = (uint8_t)byte;
        vocabulary->letter_codes[byte] = letter ? letter : byte == BLANK ? BLANK_CODE : OTHER - 1;
        if (kinds & IN_WORD) vocabulary->codes[byte] = (uint8_t)((letter ? letter : OTHER) | (kinds & DIGIT ? CODE_DIGIT : 0));
        else if (kinds & SIGN)
            vocabulary->codes[byte] = (uint8_t)(sign_code(sign, fold->merged[byte]) | (kinds & AROUND ? CODE_AROUND : CODE_SIGN));
        else vocabulary->codes[byte] = 0;
    }
    for (int byte = 0; byte < 256; byte++) {
        uint8_t folded = fold->first[byte] == '~' ? '^' : fold->first[byte];
        int odd = (fold->kinds[fold->first[byte]] & (SPECIAL | LIGATURE)) != 0;
        vocabulary->first_codes[byte] = (uint8_t)(vocabulary->codes[folded] | (odd ? ODD : 0));
    }
}

uint64_t skeleton_hash(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    Key key = {{0}, 0, 0};
    for (size_t i = 0; i < length && key.count <= KEYED; i++) put(&key, vocabulary->letter_codes[word[i]]);
    return made(&key);
}

int doubles(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    for (size_t i = 1; i < length && i < KEYED; i++)
        if (vocabulary->letter_codes[word[i]] == vocabulary->letter_codes[word[i - 1]]) return 1;
    return 0;
}

void gate_clear(Gate *gate) { gate->length = 0; }

/* Where the next text begins, or NULL. */
static uint8_t *row_for(Gate *gate, size_t length) {
    if (!grow((void **)&gate->codes, &gate->code_room, gate->length + FRONT + 1 + length + 2 * WIDTH, 1)) return NULL;
    if (!gate->length) {
        memset(gate->codes, 0, FRONT);
        gate->length = FRONT;
    }
    uint8_t *row = gate->codes + gate->length;
    row[length] = 0;
    gate->length += length + 1;
    return row;
}

unsigned gate_add(Gate *gate, const uint8_t *codes, const uint8_t *bytes, size_t length) {
    uint8_t *row = row_for(gate, length);
    if (!row) return NONE;
    unsigned all = 0;
    size_t i = 0;
    for (; i + 8 <= length; i += 8)
        for (size_t k = i; k < i + 8; k++) all |= row[k] = codes[bytes[k]];
    for (; i < length; i++) all |= row[i] = codes[bytes[i]];
    return all;
}

static inline uint8_t far_code(const Vocabulary *vocabulary, uint32_t point) {
    if (point < 256) return vocabulary->first_codes[point];
    uint8_t folded = fold_point(&vocabulary->fold, point);
    return (uint8_t)(vocabulary->codes[folded] | (vocabulary->fold.kinds[folded] & (SPECIAL | LIGATURE) ? ODD : 0));
}

unsigned gate_add_far(const Vocabulary *vocabulary, Gate *gate, const Text *text) {
    uint8_t *row = row_for(gate, text->length);
    if (!row) return NONE;
    unsigned all = 0;
    if (text->kind == 2) {
        const uint16_t *data = text->data;
        for (size_t i = 0; i < text->length; i++) all |= row[i] = far_code(vocabulary, data[i]);
    } else {
        const uint32_t *data = text->data;
        for (size_t i = 0; i < text->length; i++) all |= row[i] = far_code(vocabulary, data[i]);
    }
    return all;
}

void gate_withdraw(Gate *gate, size_t start) { gate->length = start; }

void gate_accept(Gate *gate, size_t start) {
    for (size_t i = start; i < gate->length; i++) gate->codes[i] &= (uint8_t)~ODD;
}

/* One bit a code, for 64 codes. */
typedef struct { uint64_t word, digit, sign, around, cross; } Masks;

#ifdef WITH_SSE2
static inline Masks masks_of(const uint8_t *codes) {
    uint64_t blank = 0, sign = 0, fifth = 0, cross = 0;
    for (int i = 0; i < 4; i++) {
        __m128i v = sixteen(codes + 16 * i), twice = _mm_add_epi8(v, v);
        cross |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(CROSS))) << 16 * i;
        blank |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) << 16 * i;
        sign |= (uint64_t)(uint32_t)_mm_movemask_epi8(twice) << 16 * i;
        fifth |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_add_epi8(twice, twice)) << 16 * i;
    }
    return (Masks){~(blank | sign), fifth & ~sign, sign, fifth & sign, cross};
}
#else
static inline Masks masks_of(const uint8_t *codes) {
    Masks masks = {0, 0, 0, 0, 0};
    for (int i = 0; i < WIDTH; i++) {
        uint64_t code = codes[i], sign = code >> 6 & 1, fifth = code >> 5 & 1;
        masks.word |= (uint64_t)(code && !sign) << i;
        masks.digit |= (fifth & ~sign) << i;
        masks.sign |= sign << i;
        masks.around |= (fifth & sign) << i;
        masks.cross |= (uint64_t)(code == CROSS) << i;
    }
    return masks;
}
#endif

/* Where words begin and end, and which chunks ask for more than their words. */
static int find_bounds(Gate *gate) {
    const uint8_t *codes = gate->codes;
    size_t length = gate->length;
    memset(gate->codes + length, 0, 2 * WIDTH);
    if (!grow((void **)&gate->bounds, &gate->bound_room, length + 2, sizeof(uint32_t)) ||
        !grow((void **)&gate->odd, &gate->odd_room, length + 2, sizeof(uint32_t))) return 0;
    uint32_t *bounds = gate->bounds, *odd = gate->odd;
    uint64_t word = 0, core = 0, digit = 0, carry = 0, crosses = 0; /* of the codes before the 64 */
    for (size_t base = 0; base < length; base += WIDTH) {
        Masks now = masks_of(codes + base);
        uint64_t bound = now.word ^ (now.word << 1 | word);
        uint64_t mixed = (now.digit ^ (now.digit << 1 | digit)) & now.word & (now.word << 1 | word);
        /* Signs around words say nothing: added to, each row of them that follows a letter moves one bit beyond itself,
           and there another letter shows that the row stands inside a chunk. */
        uint64_t cores = now.word | (now.sign & ~now.around), led = now.around & (cores << 1 | core);
        uint64_t sum = now.around + led, over = sum < led, beyond = sum + carry;
        carry = over | (beyond < sum);
        uint64_t crossed = now.cross & (now.cross << 1 | now.cross << 2 | crosses);
        uint64_t look = mixed | crossed | (now.sign & ~now.around) | (beyond & ~now.around & cores);
        word = now.word >> 63;
        core = cores >> 63;
        digit = now.digit >> 63;
        crosses = now.cross >> 63 << 1 | now.cross >> 62;
        for (; bound; bound &= bound - 1) *bounds++ = (uint32_t)base + (uint32_t)lowest_bit(bound);
        for (; look; look &= look - 1) *odd++ = (uint32_t)base + (uint32_t)lowest_bit(look);
    }
    gate->bound_count = (size_t)(bounds - gate->bounds);
    gate->odd_count = (size_t)(odd - gate->odd);
    return 1;
}

/* Keys first, so that the words of the bitmap are on their way when they are asked; then no branch but the rare. */
static void sift_words(const Vocabulary *vocabulary, Gate *gate) {
    const uint32_t *bounds = gate->bounds;
    const uint8_t *codes = gate->codes;
    uint64_t *keys = gate->keys;
    uint32_t *suspect = gate->suspects, *piece = gate->pieces, *anchor = gate->anchors, *wide = gate->wide, *lone = gate->lone;
    uint32_t count = (uint32_t)(gate->bound_count / 2), run = 0;
    uint8_t doubled[TILE];
    for (uint32_t first = 0, last; first < count; first = last) {
        last = first + TILE < count ? first + TILE : count;
        for (uint32_t k = first; k < last; k++) {
            uint32_t start = bounds[2 * (size_t)k], size = bounds[2 * (size_t)k + 1] - start;
            Keyed word = keyed(codes + start, size);
            keys[k] = word.key;
            doubled[k - first] = (uint8_t)word.doubled;
            SOON(&vocabulary->gate[word.key & vocabulary->gate_mask]);
            *wide = k;
            wide += size >= SHORTEST_DOUBLE;
            run = size == 1 ? run + 1 : 0;
            if (run >= FEWEST_SPELLED) *lone++ = k + 1 - FEWEST_SPELLED;
        }
        for (uint32_t k = first; k < last; k++) {
            uint64_t key = keys[k], word = vocabulary->gate[key & vocabulary->gate_mask];
            int twice = doubled[k - first];
            *suspect = *piece = *anchor = k;
            suspect += holds_key(word, key, twice ? AS_DOUBLED : AS_WRITTEN);
            piece += holds_key(word, key, twice ? AS_DOUBLED_PIECE : AS_PIECE);
            anchor += holds_key(word, key, AS_ANCHOR);
        }
    }
    for (const uint32_t *next = gate->wide; next < wide; next++) {
        const uint32_t *word = bounds + 2 * (size_t)*next;
        if (!holds_two(vocabulary, codes + word[0], word[1] - word[0])) continue;
        *suspect = *next;
        suspect += holds_terms(vocabulary, codes + word[0], word[1] - word[0]);
    }
    gate->suspect_count = (size_t)(suspect - gate->suspects);
    gate->piece_count = (size_t)(piece - gate->pieces);
    gate->anchor_count = (size_t)(anchor - gate->anchors);
    gate->lone_count = (size_t)(lone - gate->lone);
}

int gate_sift(const Vocabulary *vocabulary, Gate *gate) {
    if (!find_bounds(gate)) return 0;
    size_t words = gate->bound_count / 2 + 1;
    if (!grow((void **)&gate->suspects, &gate->suspect_room, 2 * words, sizeof(uint32_t)) ||
        !grow((void **)&gate->keys, &gate->key_room, words, sizeof(uint64_t)) ||
        !grow((void **)&gate->flags, &gate->flag_room, words, 1) ||
        !grow((void **)&gate->wide, &gate->wide_room, words, sizeof(uint32_t)) ||
        !grow((void **)&gate->pieces, &gate->piece_room, words, sizeof(uint32_t)) ||
        !grow((void **)&gate->anchors, &gate->anchor_room, words, sizeof(uint32_t)) ||
        !grow((void **)&gate->lone, &gate->lone_room, words, sizeof(uint32_t))) return 0;
    memset(gate->flags, 0, words);
    sift_words(vocabulary, gate);
    return 1;
}

void gate_free(Gate *gate) {
    free(gate->codes);
    free(gate->bounds);
    free(gate->odd);
    free(gate->keys);
    free(gate->flags);
    free(gate->suspects);
    free(gate->wide);
    free(gate->pieces);
    free(gate->anchors);
    free(gate->lone);
}
