/* The gate: one pass over many texts that lets through the words that may be something, and nearly no other.

   Each byte becomes a code. Its low five bits are a letter, look-alikes already one; no letter, 0, is a separator:

       00 letter   letter of a word, or ligature
       01 letter   digit, as the letter it reads as
       10 letter   sign that stands in a word more often than around it, as the letter it reads as, or what it is
       11 letter   sign that stands around a word more often than in it

   Codes of several texts stand in one row, with separators between. Words are told apart 64 codes at a time by masks of
   one bit a code. A word's key is made of its first 16 letters, doubled ones once, and looked up in bitmaps that hold the
   keys of all words, forms and anchors of phrases, and of the pieces of terms. */
#include "codes.h"

#include <stdlib.h>

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

/* What a character of ASCII folds to, marked where it is special. */
static uint8_t marked(const Fold *fold, int byte) {
    return (uint8_t)(fold->first[byte] | (fold->kinds[fold->first[byte]] & SPECIAL ? ODD : 0));
}

void gate_prepare(Vocabulary *vocabulary) {
    const Fold *fold = &vocabulary->fold;
    for (int byte = 0; byte < 256; byte++)
        for (int bit = 0, count = 0; bit < 8; bit++)
            if (byte >> bit & 1) vocabulary->places[byte][count++] = (uint8_t)bit;
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
    for (int byte = 0; byte < 128; byte++) {
        int before = byte - STEP;
        vocabulary->steps[byte] = vocabulary->first_codes[byte] ^ (before < 0 ? 0 : vocabulary->first_codes[before]);
        vocabulary->fold_steps[byte] = marked(fold, byte) ^ (before < 0 ? 0 : marked(fold, before));
    }
}

/* Of a word without letters, or of more than a key holds. */
static Skeleton odd_skeleton(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    Key key = {{0}, 0, 0};
    int doubled = 0;
    for (size_t i = 0; i < length && key.count <= KEYED; i++) put(&key, vocabulary->letter_codes[word[i]]);
    for (size_t i = 1; i < length && i < KEYED; i++)
        doubled |= vocabulary->letter_codes[word[i]] == vocabulary->letter_codes[word[i - 1]];
    return (Skeleton){made(&key), doubled};
}

Skeleton skeleton_of(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint8_t codes[2 * KEYED] = {0};
    if (!length || length > KEYED) return odd_skeleton(vocabulary, word, length);
    for (size_t i = 0; i < length; i++) codes[i] = vocabulary->letter_codes[word[i]];
    return (Skeleton){key_of_word(codes, (uint32_t)length), repeats(codes, (uint32_t)length) != 0};
}

uint64_t skeleton_hash(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    return skeleton_of(vocabulary, word, length).key;
}

int gate_is_newer(void) {
#ifdef WITH_AVX2
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
#else
    return 0;
#endif
}

void gate_free(Gate *gate) {
    free(gate->codes);
    free(gate->bounds);
    free(gate->odd);
    free(gate->keys);
    free(gate->openings);
    free(gate->flags);
    free(gate->suspects);
    free(gate->passing);
    free(gate->wide);
    free(gate->glued);
    free(gate->anchors);
    free(gate->lone);
}
