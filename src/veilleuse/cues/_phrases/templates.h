/* What the finder of phrases holds: the pools of templates that Python laid out, and what they may begin with. */
#ifndef VEILLEUSE_TEMPLATES_H
#define VEILLEUSE_TEMPLATES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <string.h>

enum { LONGEST = 2000, POOLS = 8, POINTS = 0x110000, BLOCKS = 1 << 13 };
enum { PIECE = 8 }; /* bytes of a word that are hashed together: so many beyond any letters may be read */

typedef struct { uint32_t start, count; } Span;            /* of a pool */
typedef struct { Span phrases; uint32_t optional; } Part;
typedef struct { uint32_t hash, length, at, number; } Word; /* open addressing; a length of 0 is free */
typedef struct { uint64_t hashes, thirds; Span templates; } Pair; /* likewise; no templates are free. Bits of third words */

/* The pools are bytes that Python laid out; see finder.py. */
typedef struct {
    PyObject_HEAD
    PyObject *table;          /* by code point, what it is read as; asked once for each, then kept in `read_as` */
    uint8_t *read_as;         /* 0 where it was not asked yet */
    PyObject *pools[POOLS];
    const uint8_t *whole;     /* by template, whether it is one only as the whole text */
    const Span *templates, *phrases, *alone;
    const Part *parts;
    const uint32_t *numbers, *firsts;
    uint64_t *starts;         /* by part, the bits of the words with which its phrases begin */
    uint8_t *letters;
    Word *words;
    Pair *pairs;
    uint32_t mask, pair_mask;
    uint64_t begin[BLOCKS];   /* two bits of each word, and of each two words, with which a template may begin */
} Phrases;

static const uint64_t MIX = 0x9E3779B97F4A7C15u;

/* The first letters of a piece, up to `PIECE`, as one number. */
static inline uint64_t piece_of(const uint8_t *letters, uint32_t length) {
    uint64_t piece;
    memcpy(&piece, letters, sizeof piece);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return piece >> (64 - 8 * length);
#else
    return piece << (64 - 8 * length);
#endif
}

/* Of at least one letter. */
static inline uint32_t hash_of(const uint8_t *word, uint32_t length) {
    uint64_t hash = length;
    for (; length > PIECE; word += PIECE, length -= PIECE) {
        hash = (hash ^ piece_of(word, PIECE)) * MIX;
        hash ^= hash >> 32;
    }
    hash = (hash ^ piece_of(word, length)) * MIX;
    return (uint32_t)(hash >> 32);
}

typedef struct { uint32_t block; uint64_t bits; } Mark;

/* Of two words in a row, by their hashes; of one that may be all where the first is 0. */
static inline Mark mark_of(uint32_t first, uint32_t second) {
    uint64_t mixed = ((uint64_t)first << 32 | second) * MIX;
    uint32_t high = (uint32_t)(mixed >> 32);
    return (Mark){high & (BLOCKS - 1), (uint64_t)1 << (high >> 26) | (uint64_t)1 << (high >> 20 & 63)};
}

static inline int is_set(const Phrases *self, Mark mark) { return (self->begin[mark.block] & mark.bits) == mark.bits; }

/* The bit of a word's number among the 64 of a part: most parts hold few words, and most words are of none of them. */
static inline uint64_t start_bit(uint32_t number) { return (uint64_t)1 << (number & 63); }

/* The bit of a third word among the 63 of a pair; the last one tells that a template may end with the second. */
static inline uint64_t third_bit(uint32_t hash) { return (uint64_t)1 << (hash % 63); }

static const uint64_t MAY_END = (uint64_t)1 << 63;

static inline uint32_t slot_of(uint64_t hashes, uint32_t mask) { return (uint32_t)((hashes * MIX) >> 40) & mask; }

/* Takes the words and the pools in; 0 where that fails, with the error set. */
int take_templates(Phrases *self, PyObject *words, PyObject *parts, PyObject *pairs);

#endif
