/* The gate: one pass that lets through the texts that may hold something, and nearly no other.

   Each word is reduced to a hash of its skeleton, the sum of its letters' values times powers of their places; sums
   run over the whole text and words are told apart by subtraction, so that no byte waits for a branch. */
#include "kernel.h"

typedef struct { uint64_t sum; uint32_t place, end; } End; /* of a word: sum and letters so far, and where it ends */
typedef struct { uint64_t sum, before; uint32_t place; size_t count; } Walk;

enum { LONGEST_LONE_RUN = 3, PAD = 8 };

static inline void step(Walk *walk, const uint64_t *powers, End *ends, uint64_t value, size_t i) {
    uint64_t fresh = value != walk->before;
    walk->place += (uint32_t)fresh;
    walk->sum += value * powers[walk->place] & (0 - fresh);
    walk->before = value;
    ends[walk->count] = (End){walk->sum, walk->place, (uint32_t)i};
    walk->count += value == 0;
}

static size_t word_ends(const Vocabulary *vocabulary, const uint8_t *seen, size_t length, End *ends) {
    Walk walk = {0};
    for (size_t i = 0; i < length; i++) step(&walk, vocabulary->powers, ends, vocabulary->gate_values[seen[i]], i);
    ends[walk.count++] = (End){walk.sum, walk.place, (uint32_t)length};
    return walk.count;
}

/* Folds and finds the ends of words in one pass; nearly every text is of one byte a character. */
static size_t fold_and_word_ends(const Vocabulary *vocabulary, const Text *text, uint8_t *seen, End *ends, unsigned *flags) {
    const uint8_t *data = text->data;
    const Byte *bytes = vocabulary->bytes;
    const uint64_t *powers = vocabulary->powers;
    Walk walk = {0};
    unsigned all = 0;
    size_t length = text->length;
    for (size_t i = 0; i < length; i++) {
        const Byte *byte = &bytes[data[i]];
        seen[i] = byte->folded;
        all |= byte->kinds;
        step(&walk, powers, ends, byte->value, i);
    }
    ends[walk.count++] = (End){walk.sum, walk.place, (uint32_t)length};
    *flags = all;
    return walk.count;
}

/* Whether a word may hold a term, begin or end one, or anchor a phrase. */
static int matters(const Vocabulary *vocabulary, Scratch *scratch, const uint8_t *word, size_t length) {
    uint8_t read[LONGEST_WORD];
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) digits += (vocabulary->fold.kinds[word[i]] & DIGIT) != 0;
    if (table_find(&vocabulary->known, word, length) != NONE) return 1;
    if (!digits && is_ordinary(&vocabulary->ordinary, word, length)) return 0;
    size_t letters = spelt(vocabulary, word, length, read);
    if (letters && table_find(&vocabulary->known, read, letters) != NONE) return 1;
    scratch->hits.count = 0;
    word_hits(vocabulary, word, length, 0, &scratch->hits);
    return scratch->hits.count > 0;
}

static int chunk_matters(const Vocabulary *vocabulary, Scratch *scratch, const uint8_t *seen, size_t length, size_t sign) {
    size_t start = sign, end = sign + 1;
    while (start && seen[start - 1] != SEPARATOR && seen[start - 1] != BREAK) start--;
    while (end < length && seen[end] != SEPARATOR && seen[end] != BREAK) end++;
    scratch->hits.count = 0;
    signed_hits(vocabulary, seen + start, end - start, 0, &scratch->hits);
    return scratch->hits.count > 0;
}

static int suspicious(const Vocabulary *vocabulary, Scratch *scratch, size_t length, size_t count, unsigned flags) {
    const uint8_t *seen = scratch->folded;
    const uint8_t *kinds = vocabulary->fold.kinds;
    End *ends = (End *)scratch->ends;
    uint32_t *marks = scratch->marks;
    size_t hits = 0, signs = 0;
    uint32_t start = 0, run = 0, longest = 0, place = 0;
    uint64_t sum = 0;
    uint8_t before = 0;
    uint32_t *signed_at = marks + count;
    for (size_t k = 0; k < count; k++) {
        uint32_t size = ends[k].end - start;
        const uint8_t *word = seen + start;
        int open = is_open(vocabulary, (ends[k].sum - sum) * vocabulary->inverses[place]);
        open |= glueable(vocabulary, word, size);
        marks[hits] = (uint32_t)k;
        hits += (size_t)(open & (size > 0));
        run = size == 1 ? run + 1 : size ? 0 : run;
        longest = run > longest ? run : longest;
        /* A sign at the edge of a chunk that stands around words more often than in them says nothing. */
        uint8_t sign = kinds[seen[ends[k].end]];
        int follows = kinds[seen[ends[k].end + 1]] & (IN_WORD | SIGN), leads = size == 0 && !(before & SIGN);
        signed_at[signs] = ends[k].end;
        signs += (size_t)((sign & SIGN) && (!(sign & AROUND) || (follows && !leads)));
        before = sign;
        start = ends[k].end + 1;
        sum = ends[k].sum;
        place = ends[k].place;
    }
    if (longest >= LONGEST_LONE_RUN) return 1;
    for (size_t i = 0; i < hits; i++) {
        uint32_t first = marks[i] ? ends[marks[i] - 1].end + 1 : 0;
        if (matters(vocabulary, scratch, seen + first, ends[marks[i]].end - first)) return 1;
    }
    if (flags & DIGIT) {
        start = 0;
        for (size_t k = 0; k < count; start = ends[k++].end + 1) {
            uint32_t end = ends[k].end, digits = 0;
            for (uint32_t i = start; i < end; i++) digits += (kinds[seen[i]] & DIGIT) != 0;
            if (digits && digits < end - start && matters(vocabulary, scratch, seen + start, end - start)) return 1;
        }
    }
    uint32_t done = 0;
    for (size_t i = 0; i < signs; i++) {
        uint32_t at = signed_at[i];
        if (at < done) continue;
        done = at;
        while (done < length && seen[done] != SEPARATOR && seen[done] != BREAK) done++;
        if (chunk_matters(vocabulary, scratch, seen, length, at)) return 1;
    }
    return 0;
}

static int make_room(Scratch *scratch, size_t length) {
    return grow((void **)&scratch->folded, &scratch->folded_room, length + PAD, 1) &&
           grow((void **)&scratch->places, &scratch->place_room, length + 1, sizeof(uint32_t)) &&
           grow((void **)&scratch->ends, &scratch->end_room, (length + 2) * 2, sizeof(uint64_t)) &&
           grow((void **)&scratch->marks, &scratch->mark_room, (length + 2) * 2, sizeof(uint32_t));
}

int scan_text(const Vocabulary *vocabulary, Scratch *scratch, const Text *text) {
    if (!make_room(scratch, text->length)) return 0;
    uint8_t *seen = scratch->folded;
    size_t length = text->length, before = scratch->standing.count, count = 0;
    unsigned flags;
    End *ends = (End *)scratch->ends;
    if (text->kind == 1 && length <= LONGEST_GATED) count = fold_and_word_ends(vocabulary, text, seen, ends, &flags);
    else flags = fold_text(&vocabulary->fold, text, seen);
    int moved = (flags & SPECIAL) != 0;
    if (moved) length = fold_visible(&vocabulary->fold, seen, length, scratch->places);
    for (size_t i = 0; i < PAD; i++) seen[length + i] = SEPARATOR;
    if (!(flags & LIGATURE) && length <= LONGEST_GATED) {
        if (!count || moved) count = word_ends(vocabulary, seen, length, ends);
        if (!suspicious(vocabulary, scratch, length, count, flags)) return !scratch->hits.failed;
    }
    read_passage(vocabulary, scratch, seen, length);
    for (size_t i = before; moved && i < scratch->standing.count; i++) {
        Hit *hit = &scratch->standing.items[i];
        hit->start = scratch->places[hit->start];
        hit->end = scratch->places[hit->end - 1] + 1;
    }
    return !scratch->hits.failed && !scratch->standing.failed;
}
