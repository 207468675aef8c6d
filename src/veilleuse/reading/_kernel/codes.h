/* What a row of codes is made of, and the keys of words in it. row.c fills the row; opening.c looks at it again. */
#ifndef VEILLEUSE_CODES_H
#define VEILLEUSE_CODES_H

#include "kernel.h"

#if defined(__x86_64__) || defined(_M_X64)
#include <emmintrin.h>
#define WITH_SSE2
#endif
#ifdef _MSC_VER
#include <intrin.h>
#endif
#if defined(WITH_SSE2) && defined(__GNUC__)
#include <immintrin.h>
#define WITH_AVX2 /* where the processor has it */
#define NEWER __attribute__((target("avx2,bmi,bmi2,popcnt")))
#endif
#if defined(__GNUC__)
#define INLINE inline __attribute__((always_inline)) /* into functions for newer processors, too */
#define SOON(place) __builtin_prefetch(place)
#else
#define INLINE inline
#define SOON(place) (void)(place)
#endif

enum { CODE_LETTER = 31, CODE_DIGIT = 32, CODE_SIGN = 64, CODE_AROUND = 96 };
/* What signs are that read as no letter. */
enum { APOSTROPHE = 27, MASKS = 28, PARTS = 29, MASK = 30, OTHER = 31 };
enum { CROSS = 'x' - 'a' + 1 };
enum { BRACKET = CODE_AROUND | ('c' - 'a' + 1) };
/* Of a sign that stands in front of a word and yet may be its first letter: no other that stands around reads as one. */
static INLINE int is_front_code(uint8_t code) { return code > CODE_AROUND && code < (CODE_AROUND | APOSTROPHE); }
enum { ODD_DIGIT = 27, BLANK_CODE = 31 }; /* letters of a key that are no letters */
enum { WIDTH = 64, TILE = 64, KEYED = 16, FEWEST_SPELLED = 3 }; /* codes, and words, looked at together */

static INLINE int lowest_bit(uint64_t bits) {
#ifdef _MSC_VER
    unsigned long place;
    _BitScanForward64(&place, bits);
    return (int)place;
#else
    return __builtin_ctzll(bits);
#endif
}

static INLINE int bit_count(uint64_t bits) {
#ifdef _MSC_VER
    return (int)__popcnt64(bits);
#else
    return __builtin_popcountll(bits);
#endif
}

static INLINE int highest_bit(uint64_t bits) {
#ifdef _MSC_VER
    unsigned long place;
    _BitScanReverse64(&place, bits);
    return (int)place;
#else
    return 63 - __builtin_clzll(bits);
#endif
}

/* Eight bytes, the first of them lowest. */
static INLINE uint64_t eight(const uint8_t *bytes) {
    uint64_t read;
    memcpy(&read, bytes, sizeof read);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    read = __builtin_bswap64(read);
#endif
    return read;
}

/* A key in the making: letters, doubled ones once. Who puts letters to it sees that they find room. */
typedef struct { uint8_t letters[LONGEST_DISGUISED], last; size_t count; } Key;

static INLINE void put(Key *key, uint8_t letter) {
    key->count += letter != key->last;
    key->letters[key->count - 1] = key->last = letter;
}

static INLINE uint64_t made(const Key *key) { return mixed_key(eight(key->letters), eight(key->letters + 8)); }

static inline uint64_t key_of_codes(const uint8_t *codes, size_t length) {
    Key key = {{0}, 0, 0};
    for (size_t i = 0; i < length && key.count <= KEYED; i++) put(&key, codes[i] & CODE_LETTER);
    return made(&key);
}

#ifdef WITH_SSE2
/* Windows that slide over these leave so many letters of a word, and put what is no letter beside the last of them. */
#define EIGHT(byte) byte, byte, byte, byte, byte, byte, byte, byte
static const uint8_t LETTERS[4 * KEYED] = {EIGHT(31), EIGHT(31), EIGHT(0), EIGHT(0), EIGHT(0), EIGHT(0), EIGHT(128), EIGHT(128)};
#undef EIGHT

static INLINE __m128i sixteen(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)(const void *)bytes); }

static INLINE uint64_t mixed_letters(__m128i letters) {
    return mixed_key((uint64_t)_mm_cvtsi128_si64(letters), (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(letters, letters)));
}

/* The key of a word in which no letter stands twice. Sixteen codes are read, whatever its size. */
static INLINE uint64_t key_at(const uint8_t *word, uint32_t size) {
    return mixed_letters(_mm_and_si128(sixteen(word), sixteen(LETTERS + KEYED - (size < KEYED ? size : KEYED))));
}

/* Which of the first 16 letters stand again behind themselves, one bit each. Seventeen codes are read. */
static INLINE uint32_t repeats(const uint8_t *word, uint32_t size) {
    const uint8_t *window = LETTERS + KEYED - (size < KEYED ? size : KEYED);
    __m128i after = _mm_and_si128(sixteen(word + 1), _mm_set1_epi8(CODE_LETTER));
    __m128i beside = _mm_or_si128(after, sixteen(window + 2 * KEYED + 1));
    __m128i equal = _mm_cmpeq_epi8(_mm_and_si128(sixteen(word), sixteen(window)), beside);
    return (uint32_t)_mm_movemask_epi8(equal);
}

/* The key of any word. A letter that stands twice is left out by taking what follows from one place on, the last first. */
static INLINE uint64_t key_of_word(const uint8_t *word, uint32_t size) {
    if (size > KEYED) return key_of_codes(word, size);
    __m128i letters = _mm_and_si128(sixteen(word), sixteen(LETTERS + KEYED - size));
    for (uint32_t twice = repeats(word, size); twice;) {
        int place = highest_bit(twice);
        __m128i first = sixteen(LETTERS + KEYED - 1 - place);
        letters = _mm_or_si128(_mm_and_si128(letters, first), _mm_andnot_si128(first, _mm_srli_si128(letters, 1)));
        twice ^= 1u << place;
    }
    return mixed_letters(letters);
}

/* How many codes of a chunk stand before that place, and from there on: a row begins and ends with separators. */
static INLINE size_t codes_before(const uint8_t *place) {
    for (size_t count = 0;; count += 16) {
        int blank = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen(place - count - 16), _mm_setzero_si128()));
        if (blank) return count + 15 - (size_t)highest_bit((uint64_t)blank);
    }
}

static INLINE size_t codes_after(const uint8_t *place) {
    for (size_t count = 0;; count += 16) {
        int blank = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen(place + count), _mm_setzero_si128()));
        if (blank) return count + (size_t)lowest_bit((uint64_t)blank);
    }
}
#else
static INLINE uint32_t repeats(const uint8_t *word, uint32_t size) {
    uint32_t twice = 0;
    for (uint32_t i = 1; i < size && i < KEYED; i++) twice |= (uint32_t)!((word[i] ^ word[i - 1]) & CODE_LETTER) << i;
    return twice;
}

static INLINE uint64_t key_of_word(const uint8_t *word, uint32_t size) { return key_of_codes(word, size); }
static INLINE uint64_t key_at(const uint8_t *word, uint32_t size) { return key_of_codes(word, size); }

static INLINE size_t codes_before(const uint8_t *place) {
    size_t count = 0;
    while (*--place) count++;
    return count;
}

static INLINE size_t codes_after(const uint8_t *place) {
    size_t count = 0;
    while (*place++) count++;
    return count;
}
#endif

/* One bit a code, for 64 codes. */
typedef struct { uint64_t word, digit, sign, around, cross; } Masks;

#ifdef WITH_SSE2
static INLINE Masks masks_of(const uint8_t *codes) {
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
static INLINE Masks masks_of(const uint8_t *codes) {
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

#endif
