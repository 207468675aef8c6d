/* The gate: one pass over many texts that lets through the words that may be something, and nearly no other.

   Each byte becomes a code. Its low five bits are a letter, look-alikes already one; no letter, 0, is a separator:

       00 letter   letter of a word, or ligature
       01 letter   digit, as the letter it reads as
       10 letter   sign that stands in a word more often than around it, as the letter it reads as, or what it is
       11 letter   sign that stands around a word more often than in it

   Codes of several texts stand in one row, with separators between. Words are told apart 64 codes at a time by masks of
   one bit a code. A word's key is made of its first 16 letters, doubled ones once, and looked up in one bitmap that holds
   the keys of all words, forms and anchors of phrases, and of how terms begin. */
#include "kernel.h"

#include <stdlib.h>

#if defined(__x86_64__) || defined(_M_X64)
#include <emmintrin.h>
#define WITH_SSE2
#endif
#ifdef _MSC_VER
#include <intrin.h>
#endif

enum { CODE_LETTER = 31, CODE_DIGIT = 32, CODE_SIGN = 64, CODE_AROUND = 96 };
/* What signs are that read as no letter. */
enum { APOSTROPHE = 27, MASKS = 28, PARTS = 29, MASK = 30, OTHER = 31 };
enum { CROSS = 'x' - 'a' + 1 };
enum { ODD_DIGIT = 27, BLANK_CODE = 31 }; /* letters of a key that are no letters */
enum { WIDTH = 64, FRONT = 8, KEYED = 16, FEWEST_SPELLED = 3, WIDEST_BREAK = 3 };

static int lowest_bit(uint64_t bits) {
#ifdef _MSC_VER
    unsigned long place;
    _BitScanForward64(&place, bits);
    return (int)place;
#else
    return __builtin_ctzll(bits);
#endif
}

static uint64_t eight(const uint8_t *bytes) {
    uint64_t read;
    memcpy(&read, bytes, sizeof read);
    return read;
}

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

/* A key in the making: letters, doubled ones once. Who puts letters to it sees that they find room. */
typedef struct { uint8_t letters[LONGEST_DISGUISED], last; size_t count; } Key;

static inline void put(Key *key, uint8_t letter) {
    key->count += letter != key->last;
    key->letters[key->count - 1] = key->last = letter;
}

static inline uint64_t made(const Key *key) { return mixed_key(eight(key->letters), eight(key->letters + 8)); }

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

static uint64_t key_of_codes(const uint8_t *codes, size_t length) {
    Key key = {{0}, 0, 0};
    for (size_t i = 0; i < length && key.count <= KEYED; i++) put(&key, codes[i] & CODE_LETTER);
    return made(&key);
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
static inline __m128i sixteen(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)(const void *)bytes); }

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

/* The codes of a word's first letters, and whether one of them stands twice. */
typedef struct { uint64_t first, second; int doubled; } Head;

/* Windows that slide over these leave so many letters of a word, and put what is no letter beside the last of them. */
#define EIGHT(byte) byte, byte, byte, byte, byte, byte, byte, byte
static const uint8_t LETTERS[4 * KEYED] = {EIGHT(31), EIGHT(31), EIGHT(0), EIGHT(0), EIGHT(0), EIGHT(0), EIGHT(128), EIGHT(128)};

#ifdef WITH_SSE2
static inline Head head_of(const uint8_t *word, uint32_t keyed) {
    const uint8_t *window = LETTERS + KEYED - keyed;
    __m128i letters = _mm_and_si128(sixteen(word), sixteen(window));
    __m128i after = _mm_and_si128(sixteen(word + 1), _mm_set1_epi8(CODE_LETTER));
    __m128i equal = _mm_cmpeq_epi8(letters, _mm_or_si128(after, sixteen(window + 2 * KEYED + 1)));
    return (Head){(uint64_t)_mm_cvtsi128_si64(letters), (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(letters, letters)),
                  _mm_movemask_epi8(equal) != 0};
}
#else
static inline Head head_of(const uint8_t *word, uint32_t keyed) {
    const uint8_t *letters = LETTERS + KEYED - keyed;
    int doubled = 0;
    for (uint32_t i = 1; i < keyed; i++) doubled |= !((word[i] ^ word[i - 1]) & CODE_LETTER);
    return (Head){eight(word) & eight(letters), eight(word + 8) & eight(letters + 8), doubled};
}
#endif

/* Without a branch, so that several words wait for the bitmap together. */
static void sift_words(const Vocabulary *vocabulary, Gate *gate) {
    const uint32_t *bounds = gate->bounds;
    const uint8_t *codes = gate->codes;
    uint32_t *suspect = gate->suspects, *piece = gate->pieces, *repeat = gate->repeats, *wide = gate->wide, *lone = gate->lone;
    uint32_t count = (uint32_t)(gate->bound_count / 2), run = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t start = bounds[2 * (size_t)k], size = bounds[2 * (size_t)k + 1] - start;
        Head head = head_of(codes + start, size < KEYED ? size : KEYED);
        uint64_t key = mixed_key(head.first, head.second);
        *suspect = *piece = *repeat = *wide = k;
        suspect += opens(vocabulary, key) & !head.doubled;
        piece += opens(vocabulary, as_piece(key)) & !head.doubled;
        repeat += head.doubled;
        wide += size >= SHORTEST_DOUBLE;
        run = size == 1 ? run + 1 : 0;
        if (run >= FEWEST_SPELLED) *lone++ = k + 1 - FEWEST_SPELLED;
    }
    for (const uint32_t *next = gate->repeats; next < repeat; next++) {
        const uint32_t *word = bounds + 2 * (size_t)*next;
        uint64_t key = key_of_codes(codes + word[0], word[1] - word[0]);
        *suspect = *piece = *next;
        suspect += opens(vocabulary, as_doubled(key));
        piece += opens(vocabulary, as_doubled_piece(key));
    }
    for (const uint32_t *next = gate->wide; next < wide; next++) {
        const uint32_t *word = bounds + 2 * (size_t)*next;
        *suspect = *next;
        suspect += holds_two(vocabulary, codes + word[0], word[1] - word[0]);
    }
    gate->suspect_count = (size_t)(suspect - gate->suspects);
    gate->piece_count = (size_t)(piece - gate->pieces);
    gate->lone_count = (size_t)(lone - gate->lone);
}

int gate_sift(const Vocabulary *vocabulary, Gate *gate) {
    if (!find_bounds(gate)) return 0;
    size_t words = gate->bound_count / 2 + 1;
    if (!grow((void **)&gate->suspects, &gate->suspect_room, 2 * words, sizeof(uint32_t)) ||
        !grow((void **)&gate->repeats, &gate->repeat_room, words, sizeof(uint32_t)) ||
        !grow((void **)&gate->pieces, &gate->piece_room, words, sizeof(uint32_t)) ||
        !grow((void **)&gate->wide, &gate->wide_room, words, sizeof(uint32_t)) ||
        !grow((void **)&gate->lone, &gate->lone_room, words, sizeof(uint32_t))) return 0;
    sift_words(vocabulary, gate);
    return 1;
}

/* Whether a word of so many letters begins and ends as this chunk does, as far as it is shown. */
static int blanked_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length, size_t blanks) {
    uint8_t first = codes[0] & CODE_LETTER, last = codes[length - 1] & CODE_LETTER;
    if (2 * blanks > length || length > LONGEST_DISGUISED || first < 1 || first >= APOSTROPHE) return 0;
    uint32_t lasts = vocabulary->shapes[first - 1][length];
    return last >= APOSTROPHE ? lasts != 0 : lasts >> last & 1;
}

/* A chunk without the signs around it: its letters joined, or its signs read as letters, one of them as a masked one. */
static int core_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    Key joined = {{0}, 0, 0}, read = {{0}, 0, 0};
    int unread = 0;
    size_t blanks = 0;
    if (length > LONGEST_DISGUISED) return 0;
    for (size_t i = 0; i < length; i++) {
        uint8_t letter = codes[i] & CODE_LETTER;
        if (!(codes[i] & CODE_SIGN)) {
            put(&joined, letter);
            continue;
        }
        if (letter == MASK) return 1;
        blanks += letter == MASKS || letter == PARTS;
        unread |= letter == APOSTROPHE || letter == OTHER;
    }
    if (is_open(vocabulary, made(&joined))) return 1;
    if (unread) return 0;
    if (blanks > 1) return blanked_opens(vocabulary, codes, length, blanks);
    for (size_t i = 0; i < length; i++) {
        uint8_t letter = codes[i] & CODE_LETTER;
        put(&read, codes[i] & CODE_SIGN && letter >= APOSTROPHE ? BLANK_CODE : letter);
    }
    return is_open(vocabulary, made(&read));
}

/* Between digits, as what is plain may stand. */
static int bare_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    size_t first = 0, last = length;
    while (first < last && codes[first] & CODE_DIGIT) first++;
    while (last > first && codes[last - 1] & CODE_DIGIT) last--;
    return first < last && last - first < length && is_open(vocabulary, key_of_codes(codes + first, last - first));
}

static int cores_open(const Vocabulary *vocabulary, const uint8_t *codes, size_t first, size_t last) {
    for (int sign = CODE_AROUND, again = 1; again; sign = CODE_SIGN) {
        while (first < last && (codes[first] & sign) == sign) first++;
        while (last > first && (codes[last - 1] & sign) == sign) last--;
        if (core_opens(vocabulary, codes + first, last - first)) return 1;
        again = first < last && ((codes[first] | codes[last - 1]) & CODE_SIGN);
    }
    return 0;
}

/* A chunk with signs, whole or after its last apostrophe. */
static int signed_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    size_t after = 0, signs = 0, signs_after = 0;
    for (size_t i = 0; i < length; i++) {
        int sign = codes[i] >> 6;
        signs += (size_t)sign;
        signs_after += (size_t)sign;
        if (sign && (codes[i] & CODE_LETTER) == APOSTROPHE) after = i + 1, signs_after = 0;
    }
    if (signs && cores_open(vocabulary, codes, 0, length)) return 1;
    return after && signs_after && cores_open(vocabulary, codes, after, length);
}

int chunk_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length) {
    size_t digits = 0, parts = 0;
    for (size_t i = 0; i < length; i++) {
        if (codes[i] == CROSS && ((i > 0 && codes[i - 1] == CROSS) || (i > 1 && codes[i - 2] == CROSS))) return 1;
        digits += (size_t)(codes[i] >> 5 == 1);
        parts += (size_t)(codes[i] == (CODE_AROUND | PARTS));
    }
    for (size_t i = 0; digits && i < length; i++) {
        size_t start = i;
        while (i < length && !(codes[i] & CODE_SIGN)) i++;
        if (bare_opens(vocabulary, codes + start, i - start)) return 1;
    }
    if (signed_opens(vocabulary, codes, length)) return 1;
    for (size_t i = 0; parts && i < length; i++) {
        size_t start = i;
        while (i < length && codes[i] != (CODE_AROUND | PARTS)) i++;
        if (i > start && signed_opens(vocabulary, codes + start, i - start)) return 1;
    }
    return 0;
}

static uint64_t key_of_word(const Gate *gate, size_t word) {
    const uint32_t *bounds = gate->bounds + 2 * word;
    return key_of_codes(gate->codes + bounds[0], bounds[1] - bounds[0]);
}

/* Whether that word and those after it may be one term. */
static int opening_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word) {
    Key key = {{0}, 0, 0};
    for (size_t k = word, letters = 0; k < gate->bound_count / 2; k++) {
        const uint32_t *bounds = gate->bounds + 2 * k;
        letters += bounds[1] - bounds[0];
        if (letters > LONGEST_WORD) return 0;
        for (uint32_t i = bounds[0]; i < bounds[1] && key.count <= KEYED; i++) put(&key, gate->codes[i] & CODE_LETTER);
        if (k == word) continue;
        if (opens(vocabulary, as_whole(made(&key)))) return 1;
        if (key.count <= KEYED && !opens(vocabulary, as_opening(made(&key)))) return 0;
    }
    return 0;
}

int piece_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word) {
    for (size_t k = word, letters = 0;; k--) {
        letters += gate->bounds[2 * k + 1] - gate->bounds[2 * k];
        if (letters > vocabulary->longest) return 0;
        if (opens(vocabulary, as_opening(key_of_word(gate, k))) && opening_opens(vocabulary, gate, k)) return 1;
        if (!k) return 0;
    }
}

/* A sign between them may be one of the letters. */
int lone_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word) {
    Key key = {{0}, 0, 0};
    for (size_t k = word; k < word + LONGEST_SPELLED && k < gate->bound_count / 2; k++) {
        const uint32_t *bounds = gate->bounds + 2 * k;
        for (uint32_t i = k > word ? bounds[-1] : bounds[0]; i < bounds[0]; i++)
            if (gate->codes[i] & CODE_SIGN && (gate->codes[i] & CODE_LETTER) < APOSTROPHE) return 1;
        if (bounds[1] - bounds[0] > 1) return 0;
        if (k > word && bounds[0] - bounds[-1] > WIDEST_BREAK) return 0;
        put(&key, gate->codes[bounds[0]] & CODE_LETTER);
        if (k >= word + FEWEST_SPELLED - 1 && is_open(vocabulary, made(&key))) return 1;
    }
    return 0;
}

void gate_free(Gate *gate) {
    free(gate->codes);
    free(gate->bounds);
    free(gate->odd);
    free(gate->suspects);
    free(gate->repeats);
    free(gate->wide);
    free(gate->pieces);
    free(gate->lone);
}
