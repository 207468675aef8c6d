/* The row of codes, filled text by text. */
#include "codes.h"

enum { FRONT = 16, BLOCK = 32 }; /* separators before all texts; characters looked up together */

void gate_clear(Gate *gate) { gate->length = 0; }

/* Where the next text begins, or NULL. */
static INLINE uint8_t *row_for(Gate *gate, size_t length) {
    size_t wanted = gate->length + FRONT + 1 + length + 2 * WIDTH;
    if (wanted > gate->code_room && !grow((void **)&gate->codes, &gate->code_room, wanted, 1)) return NULL;
    if (!gate->length) {
        memset(gate->codes, 0, FRONT);
        gate->length = FRONT;
    }
    uint8_t *row = gate->codes + gate->length;
    row[length] = 0;
    gate->length += length + 1;
    return row;
}

static INLINE uint32_t point_at(const Text *text, size_t place) {
    if (text->kind == 1) return ((const uint8_t *)text->data)[place];
    return text->kind == 2 ? ((const uint16_t *)text->data)[place] : ((const uint32_t *)text->data)[place];
}

static INLINE uint8_t code_of(const Vocabulary *vocabulary, uint32_t point) {
    if (point < 256) return vocabulary->first_codes[point];
    uint8_t folded = fold_point(&vocabulary->fold, point);
    return (uint8_t)(vocabulary->codes[folded] | (vocabulary->fold.kinds[folded] & (SPECIAL | LIGATURE) ? ODD : 0));
}

static INLINE unsigned look_up(const Vocabulary *vocabulary, const Text *text, uint8_t *row) {
    unsigned all = 0;
    for (size_t i = 0; i < text->length; i++) all |= row[i] = code_of(vocabulary, point_at(text, i));
    return all;
}

#ifdef WITH_AVX2
/* How codes change from each eighth of ASCII to the next. */
typedef struct { __m256i of[8]; } Steps;

NEWER static INLINE Steps steps_of(const uint8_t *from) {
    Steps steps;
    for (int n = 0; n < 8; n++) steps.of[n] = _mm256_broadcastsi128_si256(sixteen(from + STEP * n));
    return steps;
}

/* The codes of 32 bytes in ASCII: each takes the steps up to its eighth, for below nothing the rest look up nothing.
   Those beyond ASCII are below it from the first, and stay so. */
NEWER static INLINE __m256i codes_of(Steps steps, __m256i bytes) {
    __m256i codes = _mm256_shuffle_epi8(steps.of[0], bytes);
    for (int n = 1; n < 8; n++) {
        bytes = _mm256_subs_epi8(bytes, _mm256_set1_epi8(STEP));
        codes = _mm256_xor_si256(codes, _mm256_shuffle_epi8(steps.of[n], bytes));
    }
    return codes;
}

NEWER static INLINE __m256i wide_at(const void *data, size_t bytes) {
    return _mm256_loadu_si256((const __m256i *)(const void *)((const uint8_t *)data + bytes));
}

/* Thirty-two characters from a place on, as bytes: of those beyond ASCII nothing but the highest bit counts. */
NEWER static INLINE __m256i block_at(const Text *text, size_t at) {
    if (text->kind == 1) return wide_at(text->data, at);
    if (text->kind == 2) {
        __m256i beyond = _mm256_set1_epi16(128);
        __m256i first = _mm256_min_epu16(wide_at(text->data, 2 * at), beyond);
        __m256i second = _mm256_min_epu16(wide_at(text->data, 2 * at + BLOCK), beyond);
        return _mm256_permute4x64_epi64(_mm256_packus_epi16(first, second), 0xd8);
    }
    __m256i beyond = _mm256_set1_epi32(128), four[4];
    for (size_t i = 0; i < 4; i++) four[i] = _mm256_min_epu32(wide_at(text->data, 4 * at + BLOCK * i), beyond);
    __m256i packed = _mm256_packus_epi16(_mm256_packus_epi32(four[0], four[1]), _mm256_packus_epi32(four[2], four[3]));
    return _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

/* Those beyond ASCII are looked up one by one. */
NEWER static INLINE unsigned look_up_block(const Vocabulary *vocabulary, Steps steps, const Text *text, size_t at, uint8_t *row) {
    __m256i bytes = block_at(text, at), codes = codes_of(steps, bytes);
    uint32_t beyond = (uint32_t)_mm256_movemask_epi8(bytes);
    unsigned all = (uint32_t)_mm256_movemask_epi8(codes) & ~beyond ? ODD : 0;
    _mm256_storeu_si256((__m256i *)(void *)(row + at), codes);
    for (; beyond; beyond &= beyond - 1) {
        size_t place = at + (size_t)lowest_bit(beyond);
        all |= row[place] = code_of(vocabulary, point_at(text, place));
    }
    return all;
}

/* Of fewer bytes than 32, the first 16 and the last ones; or the first 8 and the last, where they are fewer than 16. */
NEWER static INLINE unsigned look_up_few(const Vocabulary *vocabulary, Steps steps, const Text *text, uint8_t *row) {
    const uint8_t *bytes = text->data;
    size_t half = text->length < 16 ? 8 : 16, last = text->length - half;
    __m128i first = half == 8 ? _mm_loadl_epi64((const __m128i *)(const void *)bytes) : sixteen(bytes);
    __m128i second = half == 8 ? _mm_loadl_epi64((const __m128i *)(const void *)(bytes + last)) : sixteen(bytes + last);
    __m256i some = _mm256_set_m128i(second, first), codes = codes_of(steps, some);
    if (_mm256_movemask_epi8(some)) return look_up(vocabulary, text, row);
    __m128i low = _mm256_castsi256_si128(codes), high = _mm256_extracti128_si256(codes, 1);
    if (half == 8) {
        _mm_storel_epi64((__m128i *)(void *)row, low);
        _mm_storel_epi64((__m128i *)(void *)(row + last), high);
    } else {
        _mm_storeu_si128((__m128i *)(void *)row, low);
        _mm_storeu_si128((__m128i *)(void *)(row + last), high);
    }
    return (unsigned)_mm256_movemask_epi8(codes) & (half == 8 ? 0x00ff00ff : ~0u) ? ODD : 0;
}

/* Thirty-two at a time, the last of them once more where they are not so many. */
NEWER static INLINE unsigned look_up_newer(const Vocabulary *vocabulary, Steps steps, const Text *text, uint8_t *row) {
    size_t length = text->length;
    unsigned all = 0;
    if (length < BLOCK) return text->kind == 1 && length >= 8 ? look_up_few(vocabulary, steps, text, row) : look_up(vocabulary, text, row);
    for (size_t at = 0; at + BLOCK < length; at += BLOCK) all |= look_up_block(vocabulary, steps, text, at, row);
    return all | look_up_block(vocabulary, steps, text, length - BLOCK, row);
}

NEWER static unsigned add_one_newer(const Vocabulary *vocabulary, const Text *text, uint8_t *row) {
    return look_up_newer(vocabulary, steps_of(vocabulary->steps), text, row);
}

NEWER static size_t add_newer(const Vocabulary *vocabulary, Gate *gate, const Text *texts, size_t count, Placed *placed) {
    Steps steps = steps_of(vocabulary->steps);
    size_t i = 0;
    for (; i < count && gate->length < FULL; i++) {
        const Text *text = &texts[i];
        uint8_t *row = row_for(gate, text->length);
        if (!row) break; /* who adds it by itself says so */
        placed[i] = (Placed){(uint32_t)(row - gate->codes), 0, 0};
        if (look_up_newer(vocabulary, steps, text, row) & ODD) {
            gate->length = placed[i].start;
            break;
        }
    }
    return i;
}

/* Thirty-two characters folded, those beyond ASCII one by one; returns their flags. */
NEWER static INLINE unsigned fold_block(const Fold *fold, Steps steps, const Text *text, size_t at, uint8_t *folded) {
    __m256i bytes = block_at(text, at), codes = codes_of(steps, bytes);
    uint32_t beyond = (uint32_t)_mm256_movemask_epi8(bytes);
    unsigned flags = (uint32_t)_mm256_movemask_epi8(codes) & ~beyond ? SPECIAL : 0;
    _mm256_storeu_si256((__m256i *)(void *)(folded + at), _mm256_and_si256(codes, _mm256_set1_epi8(ODD - 1)));
    for (; beyond; beyond &= beyond - 1) {
        size_t place = at + (size_t)lowest_bit(beyond);
        folded[place] = fold_point(fold, point_at(text, place));
        flags |= fold->kinds[folded[place]];
    }
    return flags;
}

NEWER static unsigned fold_newer(const Vocabulary *vocabulary, const Text *text, uint8_t *folded) {
    Steps steps = steps_of(vocabulary->fold_steps);
    unsigned flags = 0;
    for (size_t at = 0; at + BLOCK < text->length; at += BLOCK) flags |= fold_block(&vocabulary->fold, steps, text, at, folded);
    return flags | fold_block(&vocabulary->fold, steps, text, text->length - BLOCK, folded);
}
#endif

unsigned fold_whole(const Vocabulary *vocabulary, const Text *text, uint8_t *folded) {
#ifdef WITH_AVX2
    if (vocabulary->newer && text->length >= BLOCK) return fold_newer(vocabulary, text, folded);
#endif
    return fold_text(&vocabulary->fold, text, folded);
}

size_t gate_add_plain(const Vocabulary *vocabulary, Gate *gate, const Text *texts, size_t count, Placed *placed) {
#ifdef WITH_AVX2
    if (vocabulary->newer) return add_newer(vocabulary, gate, texts, count, placed);
#endif
    (void)vocabulary, (void)gate, (void)texts, (void)count, (void)placed;
    return 0;
}

unsigned gate_add(const Vocabulary *vocabulary, Gate *gate, const Text *text) {
    uint8_t *row = row_for(gate, text->length);
    if (!row) return NONE;
#ifdef WITH_AVX2
    if (vocabulary->newer) return add_one_newer(vocabulary, text, row);
#endif
    return look_up(vocabulary, text, row);
}

int gate_add_folded(const Vocabulary *vocabulary, Gate *gate, const uint8_t *folded, size_t length) {
    uint8_t *row = row_for(gate, length);
    for (size_t i = 0; row && i < length; i++) row[i] = vocabulary->codes[folded[i]];
    return row != NULL;
}

int gate_takes_off(const Vocabulary *vocabulary, const Gate *gate, const Text *text) {
    const uint8_t *row = gate->codes + gate->length - 1 - text->length;
    for (size_t i = 0; i < text->length; i++)
        if (row[i] & ODD && takes_off(&vocabulary->fold, text->data, text->length, i)) return 1;
    return 0;
}

void gate_withdraw(Gate *gate, size_t start) { gate->length = start; }

void gate_accept(Gate *gate, size_t start) {
    uint8_t *codes = gate->codes;
    for (size_t i = start, end = gate->length; i < end; i++) codes[i] &= (uint8_t)~ODD;
}
