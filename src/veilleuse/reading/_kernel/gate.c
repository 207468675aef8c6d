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

enum { FRONT = 8 };

static uint8_t letter_code(uint8_t merged) {
    if (merged >= 'a' && merged <= 'z') return (uint8_t)(merged - 'a' + 1);
    return merged >= '0' && merged <= '9' ? (uint8_t)(ODD_DIGIT + (merged >> 2 & 1)) : 0;
}

static uint8_t sign_code(uint8_t sign, uint8_t merged) {
    uint8_t letter = letter_code(merged);
    if (letter) return letter;
    if (sign == '\'') return APOSTROPHE;
    if (sign == ',' || sign == '^') return PARTS;
    if (memchr("#_.-&%", sign, 6)) return MASKS;
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
    if (length && length <= KEYED) {
        uint8_t codes[2 * KEYED] = {0};
        for (size_t i = 0; i < length; i++) codes[i] = vocabulary->letter_codes[word[i]];
        return key_of_word(codes, (uint32_t)length);
    }
    Key key = {{0}, 0, 0};
    for (size_t i = 0; i < length && key.count <= KEYED; i++) put(&key, vocabulary->letter_codes[word[i]]);
    return made(&key);
}

int doubles(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    for (size_t i = 1; i < length && i < KEYED; i++)
        if (vocabulary->letter_codes[word[i]] == vocabulary->letter_codes[word[i - 1]]) return 1;
    return 0;
}

int gate_is_newer(void) {
#ifdef WITH_AVX2
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
#else
    return 0;
#endif
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

static unsigned look_up(const uint8_t *codes, const uint8_t *bytes, size_t length, uint8_t *row) {
    unsigned all = 0;
    size_t i = 0;
    for (; i + 8 <= length; i += 8)
        for (size_t k = i; k < i + 8; k++) all |= row[k] = codes[bytes[k]];
    for (; i < length; i++) all |= row[i] = codes[bytes[i]];
    return all;
}

#ifdef WITH_AVX2
/* The codes of 32 bytes in ASCII: in each eighth of the table, the bytes that are not of it look up nothing. */
NEWER static inline __m256i codes_of(const uint8_t *codes, __m256i bytes) {
    __m256i found = _mm256_setzero_si256();
    for (int n = 0; n < 8; n++) {
        __m256i table = _mm256_broadcastsi128_si256(sixteen(codes + 16 * n));
        __m256i there = _mm256_adds_epu8(_mm256_xor_si256(bytes, _mm256_set1_epi8((char)(n << 4))), _mm256_set1_epi8(0x70));
        found = _mm256_or_si256(found, _mm256_shuffle_epi8(table, there));
    }
    return found;
}

/* Thirty-two at a time where all are ASCII, the last of them once more where they are not so many. */
NEWER static unsigned look_up_newer(const uint8_t *codes, const uint8_t *bytes, size_t length, uint8_t *row) {
    __m256i all = _mm256_setzero_si256();
    for (size_t i = 0; i < length; i += 32) {
        size_t at = i + 32 <= length ? i : length - 32;
        __m256i some = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + at));
        if (_mm256_movemask_epi8(some)) return look_up(codes, bytes, length, row);
        __m256i found = codes_of(codes, some);
        _mm256_storeu_si256((__m256i *)(void *)(row + at), found);
        all = _mm256_or_si256(all, found);
    }
    return _mm256_movemask_epi8(all) ? ODD : 0; /* of all the codes that is what is asked */
}

/* The same of fewer bytes than 32, 16 of them at least: the first ones and the last ones. */
NEWER static unsigned look_up_few(const uint8_t *codes, const uint8_t *bytes, size_t length, uint8_t *row) {
    size_t last = length - 16;
    __m256i some = _mm256_set_m128i(sixteen(bytes + last), sixteen(bytes));
    if (_mm256_movemask_epi8(some)) return look_up(codes, bytes, length, row);
    __m256i found = codes_of(codes, some);
    _mm_storeu_si128((__m128i *)(void *)row, _mm256_castsi256_si128(found));
    _mm_storeu_si128((__m128i *)(void *)(row + last), _mm256_extracti128_si256(found, 1));
    return _mm256_movemask_epi8(found) ? ODD : 0;
}
#endif

unsigned gate_add(const Vocabulary *vocabulary, Gate *gate, const uint8_t *codes, const uint8_t *bytes, size_t length) {
    uint8_t *row = row_for(gate, length);
    if (!row) return NONE;
#ifdef WITH_AVX2
    if (length >= 16 && vocabulary->newer)
        return length < 32 ? look_up_few(codes, bytes, length, row) : look_up_newer(codes, bytes, length, row);
#endif
    return look_up(codes, bytes, length, row);
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

void gate_free(Gate *gate) {
    free(gate->codes);
    free(gate->bounds);
    free(gate->odd);
    free(gate->keys);
    free(gate->openings);
    free(gate->flags);
    free(gate->suspects);
    free(gate->repeats);
    free(gate->wide);
    free(gate->pieces);
    free(gate->anchors);
    free(gate->lone);
}
