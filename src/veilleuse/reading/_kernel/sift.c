/* The gate's pass over a row of codes: where words stand, and which of them may be something. */
#include "codes.h"

enum { SPARE = 4 };

/* Of words of which `so_far` bounds are told, the one of the bound that is the last at that place or before. */
static INLINE uint32_t word_of(size_t so_far, uint64_t bounds, int place) {
    return (uint32_t)((so_far + (size_t)bit_count(bounds & ((2ull << place) - 1)) - 1) / 2);
}

/* Where words begin and end; which hold a letter twice; and which chunks ask for more than their words. */
static INLINE void find_bounds(Gate *gate) {
    const uint8_t *codes = gate->codes;
    size_t length = gate->length;
    uint32_t *bounds = gate->bounds, *odd = gate->odd, *repeat = gate->repeats;
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
        uint64_t next = codes[base + WIDTH] && !(codes[base + WIDTH] & CODE_SIGN);
        uint64_t twice = now.same & now.word & (now.word >> 1 | next << 63);
        size_t so_far = (size_t)(bounds - gate->bounds);
        word = now.word >> 63;
        core = cores >> 63;
        digit = now.digit >> 63;
        crosses = now.cross >> 63 | now.cross >> 62;
        for (; twice; twice &= twice - 1) *repeat++ = word_of(so_far, bound, lowest_bit(twice));
        for (; look; look &= look - 1) *odd++ = (uint32_t)base + (uint32_t)lowest_bit(look);
        /* Four at a time, for how many there are is hard to foretell: those beyond are written over. */
        uint32_t *last = bounds + bit_count(bound);
        for (; bounds < last; bounds += 4)
            for (int i = 0; i < 4; i++, bound &= bound - 1) bounds[i] = (uint32_t)base + (uint32_t)lowest_bit(bound | 1ull << 63);
        bounds = last;
    }
    gate->bound_count = (size_t)(bounds - gate->bounds);
    gate->odd_count = (size_t)(odd - gate->odd);
    gate->repeat_count = (size_t)(repeat - gate->repeats);
}

/* The words of a tile, one bit each. */
typedef struct { uint64_t suspects, pieces, anchors, openings; } Asked;

/* A doubled word is asked otherwise: its bits stand so much further on in a key. */
enum { DOUBLED_ON = AS_DOUBLED - AS_WRITTEN, DOUBLED_PIECE_ON = AS_DOUBLED_PIECE - AS_PIECE };
typedef char both_fit[(DOUBLED_ON & DOUBLED_PIECE_ON) == 0 && DOUBLED_ON + DOUBLED_PIECE_ON < 256 ? 1 : -1];

static INLINE Asked ask(const Vocabulary *vocabulary, const uint64_t *keys, const uint8_t *doubled, uint32_t count) {
    Asked asked = {0, 0, 0, 0};
    for (uint32_t k = 0; k < count; k++) {
        uint64_t key = keys[k], word = vocabulary->gate[key & vocabulary->gate_mask];
        asked.suspects |= (uint64_t)holds_key(word, key, AS_WRITTEN + (doubled[k] & DOUBLED_ON)) << k;
        asked.pieces |= (uint64_t)holds_key(word, key, AS_PIECE + (doubled[k] & DOUBLED_PIECE_ON)) << k;
        asked.anchors |= (uint64_t)holds_key(word, key, AS_ANCHOR) << k;
        asked.openings |= (uint64_t)holds_key(word, key, AS_OPENING) << k;
    }
    return asked;
}

#ifdef WITH_AVX2
/* Which of four words of the bitmap hold both bits of their keys. */
NEWER static inline uint64_t four_hold(__m256i words, __m256i keys, __m256i as) {
    const __m256i place = _mm256_set1_epi64x(63);
    __m256i first = _mm256_and_si256(_mm256_srlv_epi64(keys, as), place);
    __m256i second = _mm256_and_si256(_mm256_srlv_epi64(keys, _mm256_add_epi64(as, _mm256_set1_epi64x(6))), place);
    __m256i held = _mm256_and_si256(_mm256_srlv_epi64(words, first), _mm256_srlv_epi64(words, second));
    return (uint64_t)(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(held, 63)));
}

NEWER static Asked ask_newer(const Vocabulary *vocabulary, const uint64_t *keys, const uint8_t *doubled, uint32_t count) {
    Asked asked = {0, 0, 0, 0};
    const __m256i mask = _mm256_set1_epi64x((long long)vocabulary->gate_mask);
    uint32_t k = 0;
    for (; k + 4 <= count; k += 4) {
        int32_t twice;
        memcpy(&twice, doubled + k, sizeof twice);
        __m256i key = _mm256_loadu_si256((const __m256i *)(const void *)(keys + k));
        __m256i on = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(twice));
        __m256i word = _mm256_i64gather_epi64((const long long *)vocabulary->gate, _mm256_and_si256(key, mask), 8);
        __m256i written = _mm256_add_epi64(_mm256_set1_epi64x(AS_WRITTEN), _mm256_and_si256(on, _mm256_set1_epi64x(DOUBLED_ON)));
        __m256i piece = _mm256_add_epi64(_mm256_set1_epi64x(AS_PIECE), _mm256_and_si256(on, _mm256_set1_epi64x(DOUBLED_PIECE_ON)));
        asked.suspects |= four_hold(word, key, written) << k;
        asked.pieces |= four_hold(word, key, piece) << k;
        asked.anchors |= four_hold(word, key, _mm256_set1_epi64x(AS_ANCHOR)) << k;
        asked.openings |= four_hold(word, key, _mm256_set1_epi64x(AS_OPENING)) << k;
    }
    if (k == count) return asked;
    Asked rest = ask(vocabulary, keys + k, doubled + k, count - k);
    return (Asked){asked.suspects | rest.suspects << k, asked.pieces | rest.pieces << k, asked.anchors | rest.anchors << k,
                   asked.openings | rest.openings << k};
}
#endif

typedef Asked (*Asking)(const Vocabulary *vocabulary, const uint64_t *keys, const uint8_t *doubled, uint32_t count);

static INLINE uint32_t *listed(uint32_t *list, uint32_t first, uint64_t words) {
    for (; words; words &= words - 1) *list++ = first + (uint32_t)lowest_bit(words);
    return list;
}

/* Of suspects listed up to there, keeps those whose key is one indeed: of ten that pass, the bitmap has made up seven. */
static uint32_t *known(const Vocabulary *vocabulary, Gate *gate, const uint32_t *end) {
    uint32_t *kept = gate->suspects;
    for (const uint32_t *suspect = gate->suspects; suspect < end; suspect++) {
        *kept = *suspect;
        kept += has_key(vocabulary, gate->keys[*suspect]);
    }
    return kept;
}

/* Keys first, so that the words of the bitmap are on their way when they are asked. No branch but the rare. */
static INLINE void sift_words(const Vocabulary *vocabulary, Gate *gate, Asking asks) {
    const uint32_t *bounds = gate->bounds, *repeat = gate->repeats, *no_repeat = repeat + gate->repeat_count;
    const uint8_t *codes = gate->codes;
    uint32_t *suspect = gate->suspects, *piece = gate->pieces, *anchor = gate->anchors, *wide = gate->wide, *lone = gate->lone;
    uint32_t count = (uint32_t)(gate->bound_count / 2), seen = NONE;
    uint64_t single = 0; /* words of one letter, of the tile before */
    uint8_t doubled[TILE];
    for (uint32_t first = 0, size; first < count; first += size) {
        uint64_t *keys = gate->keys + first;
        size = count - first < TILE ? count - first : TILE;
        uint64_t singles = 0;
        memset(doubled, 0, sizeof doubled);
        for (uint32_t k = 0; k < size; k++) {
            const uint32_t *word = bounds + 2 * (size_t)(first + k);
            uint64_t key = key_at(codes + word[0], word[1] - word[0]);
            keys[k] = key;
            SOON(&vocabulary->gate[key & vocabulary->gate_mask]);
            *wide = first + k;
            wide += word[1] - word[0] >= SHORTEST_DOUBLE;
            singles |= (uint64_t)(word[1] - word[0] == 1) << k;
        }
        for (; repeat < no_repeat && *repeat < first + size; repeat++) {
            if (*repeat == seen) continue;
            seen = *repeat;
            const uint32_t *word = bounds + 2 * (size_t)*repeat;
            keys[*repeat - first] = key_of_word(codes + word[0], word[1] - word[0]);
            if (repeats(codes + word[0], word[1] - word[0])) doubled[*repeat - first] = DOUBLED_ON + DOUBLED_PIECE_ON;
        }
        uint64_t third = singles & (singles << 1 | single >> 63) & (singles << 2 | single >> 62);
        for (; third; third &= third - 1) *lone++ = first + (uint32_t)lowest_bit(third) + 1 - FEWEST_SPELLED;
        single = singles;
        Asked asked = asks(vocabulary, keys, doubled, size);
        suspect = listed(suspect, first, asked.suspects);
        piece = listed(piece, first, asked.pieces);
        anchor = listed(anchor, first, asked.anchors);
        gate->openings[first / TILE] = asked.openings;
    }
    suspect = known(vocabulary, gate, suspect);
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

static int make_room(Gate *gate) {
    size_t words = gate->bound_count / 2 + 1;
    int ok = grow((void **)&gate->suspects, &gate->suspect_room, 2 * words, sizeof(uint32_t)) &&
             grow((void **)&gate->keys, &gate->key_room, words, sizeof(uint64_t)) &&
             grow((void **)&gate->openings, &gate->opening_room, words / TILE + 1, sizeof(uint64_t)) &&
             grow((void **)&gate->flags, &gate->flag_room, words, 1) &&
             grow((void **)&gate->wide, &gate->wide_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->pieces, &gate->piece_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->anchors, &gate->anchor_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->lone, &gate->lone_room, words, sizeof(uint32_t));
    if (ok) memset(gate->flags, 0, words);
    return ok;
}

#ifdef WITH_AVX2
NEWER static int sift_newer(const Vocabulary *vocabulary, Gate *gate) {
    find_bounds(gate);
    if (!make_room(gate)) return 0;
    sift_words(vocabulary, gate, ask_newer);
    return 1;
}
#endif

int gate_sift(const Vocabulary *vocabulary, Gate *gate) {
    memset(gate->codes + gate->length, 0, 2 * WIDTH);
    if (!grow((void **)&gate->bounds, &gate->bound_room, gate->length + 2 + SPARE, sizeof(uint32_t)) ||
        !grow((void **)&gate->repeats, &gate->repeat_room, gate->length + 2, sizeof(uint32_t)) ||
        !grow((void **)&gate->odd, &gate->odd_room, gate->length + 2, sizeof(uint32_t))) return 0;
#ifdef WITH_AVX2
    if (vocabulary->newer) return sift_newer(vocabulary, gate);
#endif
    find_bounds(gate);
    if (!make_room(gate)) return 0;
    sift_words(vocabulary, gate, ask);
    return 1;
}
