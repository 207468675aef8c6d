/* The gate's pass over a row of codes: where words stand, and which of them may be something. */
#include "tiles.h"

/* Bounds written beyond the last, and words read beyond it: of no letters, at the end of the row. */
enum { SPARE = 32, BEYOND = 8 };

/* What newer processors do otherwise. */
typedef Masks (*Masking)(const uint8_t *codes);
typedef uint32_t *(*Listing)(const Vocabulary *vocabulary, uint32_t *list, uint32_t base, uint64_t bits);
typedef Tile (*Tiling)(const Vocabulary *vocabulary, const uint8_t *codes, const uint32_t *bounds, uint64_t *keys, uint32_t count);
typedef uint64_t (*Asking)(const Vocabulary *vocabulary, const uint64_t *keys, uint32_t count);

/* Adds the places of bits, counted from `base`; returns the end of the list. Four at a time, for how many there are is
   hard to foretell: those beyond are written over. */
static INLINE uint32_t *list_bits(const Vocabulary *vocabulary, uint32_t *list, uint32_t base, uint64_t bits) {
    (void)vocabulary;
    uint32_t *last = list + bit_count(bits);
    for (; list < last; list += 4)
        for (int i = 0; i < 4; i++, bits &= bits - 1) list[i] = base + (uint32_t)lowest_bit(bits | 1ull << 63);
    return last;
}

#ifdef WITH_AVX2
/* Eight bits at a time, whose places stand in a table. */
NEWER static uint32_t *list_bits_newer(const Vocabulary *vocabulary, uint32_t *list, uint32_t base, uint64_t bits) {
    __m256i from = _mm256_set1_epi32((int)base);
    for (int i = 0; i < 8; i++, bits >>= 8) {
        __m128i places = _mm_loadl_epi64((const __m128i *)(const void *)vocabulary->places[bits & 255]);
        _mm256_storeu_si256((__m256i *)(void *)list, _mm256_add_epi32(_mm256_cvtepu8_epi32(places), from));
        list += bit_count(bits & 255);
        from = _mm256_add_epi32(from, _mm256_set1_epi32(8));
    }
    return list;
}

NEWER static Masks masks_newer(const uint8_t *codes) {
    uint64_t blank = 0, sign = 0, fifth = 0, cross = 0;
    for (int i = 0; i < 64; i += 32) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(codes + i)), twice = _mm256_add_epi8(v, v);
        cross |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(CROSS))) << i;
        blank |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_setzero_si256())) << i;
        sign |= (uint64_t)(uint32_t)_mm256_movemask_epi8(twice) << i;
        fifth |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_add_epi8(twice, twice)) << i;
    }
    return (Masks){~(blank | sign), fifth & ~sign, sign, fifth & sign, cross};
}
#endif

/* Where words begin and end; and which chunks ask for more than their words. */
static INLINE void find_bounds(const Vocabulary *vocabulary, Gate *gate, Masking masks, Listing list) {
    const uint8_t *codes = gate->codes;
    size_t length = gate->length;
    uint32_t *bounds = gate->bounds, *odd = gate->odd;
    uint64_t word = 0, core = 0, digit = 0, carry = 0, crosses = 0; /* of the codes before the 64 */
    for (size_t base = 0; base < length; base += WIDTH) {
        Masks now = masks(codes + base);
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
        crosses = now.cross >> 63 | now.cross >> 62;
        *odd = (uint32_t)base + (uint32_t)lowest_bit(look | 1ull << 63); /* there is one, or none; hardly ever more */
        odd += look != 0;
        for (look &= look - 1; look; look &= look - 1) *odd++ = (uint32_t)base + (uint32_t)lowest_bit(look);
        bounds = list(vocabulary, bounds, (uint32_t)base, bound);
    }
    gate->bound_count = (size_t)(bounds - gate->bounds);
    gate->odd_count = (size_t)(odd - gate->odd);
    for (int i = 0; i < 2 * BEYOND; i++) bounds[i] = (uint32_t)length;
}

static INLINE uint32_t *listed(uint32_t *list, uint32_t first, uint64_t words) {
    for (; words; words &= words - 1) *list++ = first + (uint32_t)lowest_bit(words);
    return list;
}

/* Of suspects listed up to there, keeps those whose key is one indeed: of ten that pass, the bitmap has made up seven. */
static uint32_t *known(const Vocabulary *vocabulary, Gate *gate, const uint32_t *end) {
    const Index *forms = &vocabulary->forms;
    uint32_t *kept = gate->suspects;
    for (const uint32_t *suspect = kept; suspect < end; suspect++) index_ahead(forms, gate->keys[*suspect]);
    for (const uint32_t *suspect = kept; suspect < end; suspect++) forms_ahead(forms, gate->keys[*suspect]);
    for (const uint32_t *suspect = gate->suspects; suspect < end; suspect++) {
        *kept = *suspect;
        kept += has_key(vocabulary, gate->keys[*suspect]);
    }
    return kept;
}

/* A tile whose words have their keys, and which of them are doubled. */
typedef struct { uint32_t first, size; uint64_t doubled; } Keyed;

/* Lists the words of a tile whose key opens anything. They are asked when the next one has its keys: what is fetched for
   them has come by then. */
static INLINE uint32_t *pass(const Vocabulary *vocabulary, const Gate *gate, Keyed tile, Asking asks, uint32_t *passing) {
    const uint64_t *keys = gate->keys + tile.first;
    for (uint64_t open = tile.size ? asks(vocabulary, keys, tile.size) : 0; open; open &= open - 1) {
        int k = lowest_bit(open);
        *passing++ = (tile.first + (uint32_t)k) << 1 | (uint32_t)(tile.doubled >> k & 1);
        SOON(&vocabulary->gate[keys[k] & vocabulary->gate_mask]);
    }
    return passing;
}

/* Keys of words in which a letter stands twice are made anew. No branch but the rare. */
static INLINE void sift_words(const Vocabulary *vocabulary, Gate *gate, Tiling tiles, Asking asks) {
    const uint32_t *bounds = gate->bounds;
    const uint8_t *codes = gate->codes;
    const uint64_t *any = vocabulary->any;
    uint64_t mask = vocabulary->any_mask;
    uint32_t *suspect = gate->suspects, *anchor = gate->anchors, *wide = gate->wide, *glued = gate->glued, *lone = gate->lone;
    uint32_t *opening = gate->openings, *passing = gate->passing, count = (uint32_t)(gate->bound_count / 2);
    uint64_t single = 0; /* words of one letter, of the tile before */
    Keyed before = {0, 0, 0};
    for (uint32_t first = 0; first < count; first += TILE) {
        uint64_t *keys = gate->keys + first;
        uint32_t size = count - first < TILE ? count - first : TILE;
        Tile tile = tiles(vocabulary, codes, bounds + 2 * (size_t)first, keys, size);
        for (uint64_t words = tile.doubled; words; words &= words - 1) {
            int k = lowest_bit(words);
            const uint32_t *word = bounds + 2 * (size_t)(first + (uint32_t)k);
            keys[k] = key_of_word(codes + word[0], word[1] - word[0]);
        }
        for (uint32_t k = 0; k < size; k++) SOON(any + (keys[k] & mask));
        passing = pass(vocabulary, gate, before, asks, passing);
        before = (Keyed){first, size, tile.doubled};
        uint64_t third = tile.single & (tile.single << 1 | single >> 63) & (tile.single << 2 | single >> 62);
        for (; third; third &= third - 1) *lone++ = first + (uint32_t)lowest_bit(third) + 1 - FEWEST_SPELLED;
        single = tile.single;
        opening = listed(opening, first, tile.begins);
        glued = listed(glued, first, (tile.begins & tile.wide) | tile.pair);
        wide = listed(wide, first, tile.wide & ~tile.begins);
    }
    passing = pass(vocabulary, gate, before, asks, passing);
    for (const uint32_t *next = gate->passing; next < passing; next++) {
        uint64_t key = gate->keys[*next >> 1];
        *suspect = *anchor = *next >> 1;
        suspect += opens(vocabulary, key, *next & 1 ? AS_DOUBLED : AS_WRITTEN);
        anchor += opens(vocabulary, key, AS_ANCHOR);
    }
    suspect = known(vocabulary, gate, suspect);
    opening = going_on(vocabulary, gate, opening);
    glued = edged(vocabulary, gate, ending(vocabulary, gate, wide, glued));
    for (const uint32_t *next = gate->glued; next < glued; next++) {
        const uint32_t *word = bounds + 2 * (size_t)*next;
        *suspect = *next;
        suspect += holds_two(vocabulary, codes + word[0], word[1] - word[0]);
    }
    gate->suspect_count = (size_t)(suspect - gate->suspects);
    gate->opening_count = (size_t)(opening - gate->openings);
    gate->anchor_count = (size_t)(anchor - gate->anchors);
    gate->lone_count = (size_t)(lone - gate->lone);
}

static int make_room(Gate *gate) {
    size_t words = gate->bound_count / 2 + BEYOND;
    int ok = grow((void **)&gate->suspects, &gate->suspect_room, 2 * words, sizeof(uint32_t)) &&
             grow((void **)&gate->keys, &gate->key_room, words, sizeof(uint64_t)) &&
             grow((void **)&gate->openings, &gate->opening_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->flags, &gate->flag_room, words, 1) &&
             grow((void **)&gate->passing, &gate->passing_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->wide, &gate->wide_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->glued, &gate->glued_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->anchors, &gate->anchor_room, words, sizeof(uint32_t)) &&
             grow((void **)&gate->lone, &gate->lone_room, words, sizeof(uint32_t));
    if (ok) memset(gate->flags, 0, words);
    return ok;
}

#ifdef WITH_AVX2
NEWER static int sift_newer(const Vocabulary *vocabulary, Gate *gate) {
    find_bounds(vocabulary, gate, masks_newer, list_bits_newer);
    if (!make_room(gate)) return 0;
    sift_words(vocabulary, gate, tile_newer, open_keys_newer);
    return 1;
}
#endif

int gate_sift(const Vocabulary *vocabulary, Gate *gate) {
    memset(gate->codes + gate->length, 0, 2 * WIDTH);
    if (!grow((void **)&gate->bounds, &gate->bound_room, gate->length + 2 + SPARE, sizeof(uint32_t)) ||
        !grow((void **)&gate->odd, &gate->odd_room, gate->length + 2, sizeof(uint32_t))) return 0;
#ifdef WITH_AVX2
    if (vocabulary->newer) return sift_newer(vocabulary, gate);
#endif
    find_bounds(vocabulary, gate, masks_of, list_bits);
    if (!make_room(gate)) return 0;
    sift_words(vocabulary, gate, tile_of, open_keys);
    return 1;
}
