/* How terms begin and end, by a few of their letters, given as codes in eight bytes: most words are refused by them. */
#ifndef VEILLEUSE_EDGES_H
#define VEILLEUSE_EDGES_H

#include "codes.h"

#define FIVE_MIX 0x9e3779b1u
#define EIGHT_LETTERS 0x1f1f1f1f1f1f1f1fu
enum { FIVE_FOLD = 29, WIDE_EDGE = 8 };

/* A bit for the first `count` letters. */
static INLINE uint32_t edge_bit(uint64_t letters, uint32_t count) {
    return (uint32_t)(((letters & EIGHT_LETTERS >> (64 - 8 * count)) + count) * 0x9fb21c651e98df25u >> (64 - EDGE_BITS));
}

static INLINE uint64_t has_edge(const Vocabulary *vocabulary, uint64_t letters, uint32_t count, int end) {
    uint32_t bit = edge_bit(letters, count);
    return vocabulary->edges[end][bit >> 6] >> (bit & 63) & 1;
}

/* A bit for five letters, in a table that stays in the nearest cache. */
static INLINE uint32_t five_bit(uint64_t letters) {
    letters &= EIGHT_LETTERS >> (64 - 8 * LONGEST_EDGE);
    return (uint32_t)(letters ^ letters >> FIVE_FOLD) * FIVE_MIX >> (32 - FIVE_BITS);
}

/* Where the sizes stand of words with these letters. */
static INLINE uint32_t size_place(uint64_t letters) { return five_bit(letters) >> (FIVE_BITS - SIZE_BITS); }

/* Whether five letters are the first of a term, or the last: of one of four letters, any other may follow or precede. */
static INLINE int has_five(const Vocabulary *vocabulary, uint64_t letters, int end) {
    uint32_t bit = five_bit(letters);
    return (int)(vocabulary->fives[end][bit >> 6] >> (bit & 63) & 1);
}

/* How many letters terms may have, from four on, that begin with these eight, or end with them: a bit for each number.
   Where fewer than eight are `shown`, five say it of longer ones. */
static INLINE uint64_t sizes_with(const Vocabulary *vocabulary, uint64_t letters, uint32_t shown, int end) {
    uint64_t five = end ? letters >> 8 * (WIDE_EDGE - LONGEST_EDGE) : letters;
    uint64_t four = end ? letters >> 8 * (WIDE_EDGE - SHORTEST_JOINED) : letters;
    uint64_t by_four = has_edge(vocabulary, four, SHORTEST_JOINED, end), by_five = has_edge(vocabulary, five, LONGEST_EDGE, end);
    uint64_t by_eight = shown < WIDE_EDGE ? by_five : has_edge(vocabulary, letters, WIDE_EDGE, end);
    uint64_t said = by_four << SHORTEST_JOINED | (0 - by_five) << LONGEST_EDGE;
    return vocabulary->sizes[end][size_place(five)] & said & (((1ull << WIDE_EDGE) - 1) | (0 - by_eight) << WIDE_EDGE);
}

#endif
