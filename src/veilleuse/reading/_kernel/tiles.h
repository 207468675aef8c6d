/* What is asked of all words of a row, 64 of them at a time: a tile. Once in plain C, once for newer processors. */
#ifndef VEILLEUSE_TILES_H
#define VEILLEUSE_TILES_H

#include "edges.h"

/* The words of a tile, one bit each: of one letter; with a letter twice; that may be two terms of three letters; with room
   for two others; that begin, with the words behind them, as a term does. */
typedef struct { uint64_t single, doubled, pair, wide, begins; } Tile;

/* Fewer letters than two terms have, unless both have three. */
enum { TOO_NARROW = SHORTEST_GLUED + SHORTEST_JOINED - 1 };

/* How many letters two terms of three have, or none where there are no such terms. */
static INLINE uint32_t size_of_pair(const Vocabulary *vocabulary) { return vocabulary->brief ? SHORTEST_DOUBLE : NONE; }

/* The first five letters from a word on, whatever words they are of. */
static INLINE uint64_t five_from(const uint8_t *codes, const uint32_t *bounds) {
    uint64_t letters = 0;
    for (uint32_t count = 0; count < LONGEST_EDGE; bounds += 2) {
        uint32_t size = bounds[1] - bounds[0];
        uint64_t word = eight(codes + bounds[0]);
        if (!size) break; /* behind the last word */
        if (size < 8) word &= (1ull << 8 * size) - 1;
        letters |= word << 8 * count;
        count += size;
    }
    return letters;
}

static INLINE Tile tile_of(const Vocabulary *vocabulary, const uint8_t *codes, const uint32_t *bounds, uint64_t *keys, uint32_t count) {
    Tile tile = {0, 0, 0, 0, 0};
    for (uint32_t k = 0; k < count; k++) {
        const uint8_t *word = codes + bounds[2 * k];
        uint32_t size = bounds[2 * k + 1] - bounds[2 * k];
        keys[k] = key_at(word, size);
        tile.single |= (uint64_t)(size == 1) << k;
        tile.doubled |= (uint64_t)(repeats(word, size) != 0) << k;
        tile.pair |= (uint64_t)(size == size_of_pair(vocabulary)) << k;
        tile.wide |= (uint64_t)(size > TOO_NARROW) << k;
        tile.begins |= (uint64_t)has_five(vocabulary, five_from(codes, bounds + 2 * k), 0) << k;
    }
    return tile;
}

/* The keys of a tile that open anything. */
static INLINE uint64_t open_keys(const Vocabulary *vocabulary, const uint64_t *keys, uint32_t count) {
    uint64_t open = 0;
    for (uint32_t k = 0; k < count; k++)
        open |= (vocabulary->any[keys[k] & vocabulary->any_mask] >> (keys[k] >> AS_ANY & 63) & 1) << k;
    return open;
}

/* Of wide words, those that end as a term does: added to `list`, of which the end is returned. */
static INLINE uint32_t *ending(const Vocabulary *vocabulary, const Gate *gate, const uint32_t *wide, uint32_t *list) {
    for (const uint32_t *word = gate->wide; word < wide; word++) {
        *list = *word;
        list += has_five(vocabulary, eight(gate->codes + gate->bounds[2 * (size_t)*word + 1] - LONGEST_EDGE), 1);
    }
    return list;
}

#ifdef WITH_AVX2
/* Four words: their first eight letters, the next eight, and how many bits of 16 letters they fill. */
typedef struct { __m256i first, second, bits; } Four;

NEWER static INLINE Four four_of(const uint8_t *codes, const uint32_t *bounds) {
    const __m256i ones = _mm256_set1_epi64x(-1), letter = _mm256_set1_epi8(CODE_LETTER);
    __m256i bound = _mm256_loadu_si256((const __m256i *)(const void *)bounds);
    __m256i even = _mm256_inserti128_si256(_mm256_castsi128_si256(sixteen(codes + bounds[0])), sixteen(codes + bounds[4]), 1);
    __m256i odd = _mm256_inserti128_si256(_mm256_castsi128_si256(sixteen(codes + bounds[2])), sixteen(codes + bounds[6]), 1);
    __m256i size = _mm256_srli_epi64(_mm256_sub_epi32(bound, _mm256_slli_epi64(bound, 32)), 32);
    __m256i bits = _mm256_slli_epi64(_mm256_min_epu32(size, _mm256_set1_epi64x(KEYED)), 3);
    __m256i beyond = _mm256_max_epi32(_mm256_sub_epi32(bits, _mm256_set1_epi64x(64)), _mm256_setzero_si256());
    __m256i first = _mm256_andnot_si256(_mm256_sllv_epi64(ones, bits), _mm256_unpacklo_epi64(even, odd));
    __m256i second = _mm256_andnot_si256(_mm256_sllv_epi64(ones, beyond), _mm256_unpackhi_epi64(even, odd));
    return (Four){_mm256_and_si256(first, letter), _mm256_and_si256(second, letter), bits};
}

NEWER static INLINE __m256i four_keys(Four four) {
    __m256i both = _mm256_add_epi64(four.first, _mm256_slli_epi64(four.second, SECOND_ON));
    __m256i low = _mm256_mul_epu32(both, _mm256_set1_epi64x(FIRST_MIX));
    __m256i key = _mm256_add_epi64(low, _mm256_mul_epu32(_mm256_srli_epi64(both, 32), _mm256_set1_epi64x(SECOND_MIX)));
    return _mm256_xor_si256(key, _mm256_srli_epi64(key, 32));
}

NEWER static INLINE uint64_t four_signs(__m256i four) { return (uint64_t)(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(four)); }

/* Four words of a table, loaded one by one: that is quicker than to gather them. */
NEWER static INLINE __m256i four_words(const uint64_t *table, __m256i places) {
    uint64_t at[4];
    _mm256_storeu_si256((__m256i *)(void *)at, places);
    return _mm256_set_epi64x((long long)table[at[3]], (long long)table[at[2]], (long long)table[at[1]], (long long)table[at[0]]);
}

/* Which of four bits are set, given the numbers of their words in a table, and in these of the bits. */
NEWER static INLINE uint64_t four_set(const uint64_t *table, __m256i words, __m256i bits) {
    __m256i word = four_words(table, words);
    return four_signs(_mm256_slli_epi64(_mm256_srlv_epi64(word, _mm256_and_si256(bits, _mm256_set1_epi64x(63))), 63));
}

NEWER static INLINE uint64_t four_have_five(const Vocabulary *vocabulary, __m256i letters, int end) {
    letters = _mm256_and_si256(letters, _mm256_set1_epi64x(0x1f1f1f1f1f));
    letters = _mm256_xor_si256(letters, _mm256_srli_epi64(letters, FIVE_FOLD));
    __m256i mixed = _mm256_mul_epu32(letters, _mm256_set1_epi64x(FIVE_MIX)), bit = _mm256_srli_epi64(mixed, 32 - FIVE_BITS);
    __m256i word = _mm256_and_si256(_mm256_srli_epi64(mixed, 32 - FIVE_BITS + 6), _mm256_set1_epi64x((1 << FIVE_BITS >> 6) - 1));
    return four_set(vocabulary->fives[end], word, bit);
}

/* Those in which a letter stands beside itself. */
NEWER static INLINE uint64_t four_doubled(Four four) {
    __m256i next = _mm256_or_si256(_mm256_srli_epi64(four.first, 8), _mm256_slli_epi64(four.second, 56));
    __m256i first = _mm256_and_si256(_mm256_cmpeq_epi8(four.first, next), four.first);
    __m256i second = _mm256_and_si256(_mm256_cmpeq_epi8(four.second, _mm256_srli_epi64(four.second, 8)), four.second);
    return 15 ^ four_signs(_mm256_cmpeq_epi64(_mm256_or_si256(first, second), _mm256_setzero_si256()));
}

/* Those that begin as a term does with what follows them; or have with two more words no five letters. */
NEWER static INLINE uint64_t four_begin(const Vocabulary *vocabulary, Four four, Four after) {
    __m256i third = _mm256_permute2x128_si256(four.first, after.first, 0x21), bits_third = _mm256_permute2x128_si256(four.bits, after.bits, 0x21);
    __m256i next = _mm256_castpd_si256(_mm256_shuffle_pd(_mm256_castsi256_pd(four.first), _mm256_castsi256_pd(third), 5));
    __m256i bits_next = _mm256_castpd_si256(_mm256_shuffle_pd(_mm256_castsi256_pd(four.bits), _mm256_castsi256_pd(bits_third), 5));
    __m256i bits = _mm256_add_epi64(four.bits, bits_next);
    __m256i letters = _mm256_or_si256(four.first, _mm256_sllv_epi64(next, four.bits));
    letters = _mm256_or_si256(letters, _mm256_sllv_epi64(third, bits));
    __m256i few = _mm256_cmpgt_epi64(_mm256_set1_epi64x(8 * LONGEST_EDGE), _mm256_add_epi64(bits, bits_third));
    return four_have_five(vocabulary, letters, 0) | four_signs(few);
}

/* Reads the bounds of four words more, and writes keys in fours. */
NEWER static Tile tile_newer(const Vocabulary *vocabulary, const uint8_t *codes, const uint32_t *bounds, uint64_t *keys, uint32_t count) {
    const __m256i pair = _mm256_set1_epi64x(8 * (long long)size_of_pair(vocabulary));
    Tile tile = {0, 0, 0, 0, 0};
    Four four = four_of(codes, bounds);
    for (uint32_t k = 0; k < count; k += 4) {
        Four after = four_of(codes, bounds + 2 * k + 8);
        _mm256_storeu_si256((__m256i *)(void *)(keys + k), four_keys(four));
        tile.single |= four_signs(_mm256_cmpeq_epi64(four.bits, _mm256_set1_epi64x(8))) << k;
        tile.doubled |= four_doubled(four) << k;
        tile.pair |= four_signs(_mm256_cmpeq_epi64(four.bits, pair)) << k;
        tile.wide |= four_signs(_mm256_cmpgt_epi64(four.bits, _mm256_set1_epi64x(8 * TOO_NARROW))) << k;
        tile.begins |= four_begin(vocabulary, four, after) << k;
        four = after;
    }
    uint64_t all = ~0ull >> (TILE - count);
    return (Tile){tile.single & all, tile.doubled & all, tile.pair & all, tile.wide & all, tile.begins & all};
}

NEWER static uint64_t open_keys_newer(const Vocabulary *vocabulary, const uint64_t *keys, uint32_t count) {
    const __m256i mask = _mm256_set1_epi64x((long long)vocabulary->any_mask);
    uint64_t open = 0;
    for (uint32_t k = 0; k < count; k += 4) {
        __m256i key = _mm256_loadu_si256((const __m256i *)(const void *)(keys + k));
        open |= four_set(vocabulary->any, _mm256_and_si256(key, mask), _mm256_srli_epi64(key, AS_ANY)) << k;
    }
    return open & ~0ull >> (TILE - count);
}
#endif

#endif
