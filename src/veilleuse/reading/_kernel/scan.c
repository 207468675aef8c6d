/* The gate: one pass that lets through the texts that may hold something, and nearly no other.

   Each word is reduced to a hash of its skeleton, the sum of its letters' values times powers of their places; sums
   run over the whole text and words are told apart by subtraction, so that no byte waits for a branch. */
#include "kernel.h"

typedef struct { uint64_t sum; uint32_t place, end; } End; /* of a word: sum and letters so far, and where it ends */

enum { LONGEST_LONE_RUN = 3, SHORTEST_DOUBLE = 2 * SHORTEST_GLUED, PAD = 8 };

static size_t word_ends(const Vocabulary *vocabulary, const uint8_t *seen, size_t length, End *ends) {
    const uint64_t *values = vocabulary->gate_values, *powers = vocabulary->powers;
    uint64_t sum = 0, before = 0;
    uint32_t place = 0;
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        uint64_t value = values[seen[i]];
        place += value != before;
        sum += value != before ? value * powers[place] : 0;
        before = value;
        ends[count] = (End){sum, place, (uint32_t)i};
        count += value == 0;
    }
    ends[count++] = (End){sum, place, (uint32_t)length};
    return count;
}

static int gated(const Vocabulary *vocabulary, uint64_t key) {
    key *= 0xff51afd7ed558ccdu;
    uint64_t word = vocabulary->gate[key >> 40 & vocabulary->gate_mask];
    return (int)(word >> (key >> 34 & 63) & word >> (key >> 28 & 63) & 1);
}

static unsigned edge(const uint8_t *three) { return (three[0] & 31u) << 10 | (three[1] & 31u) << 5 | (three[2] & 31u); }

static int marked(const uint8_t *bits, unsigned index) { return bits[index >> 3] >> (index & 7) & 1; }

/* Whether a word may hold a term, begin or end one, or anchor a phrase. */
static int matters(const Vocabulary *vocabulary, Scratch *scratch, const uint8_t *word, size_t length) {
    uint8_t read[LONGEST_WORD];
    size_t letters = spelt(vocabulary, word, length, read);
    if (letters && (table_find(&vocabulary->anchors, read, letters) != NONE || is_half(vocabulary, read, letters))) return 1;
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

static int suspicious(const Vocabulary *vocabulary, Scratch *scratch, const uint8_t *seen, size_t length, unsigned flags) {
    const uint8_t *kinds = vocabulary->fold.kinds;
    End *ends = (End *)scratch->ends;
    uint32_t *marks = scratch->marks;
    size_t count = word_ends(vocabulary, seen, length, ends), hits = 0, signs = 0;
    uint32_t start = 0, run = 0, longest = 0, place = 0;
    uint64_t sum = 0;
    uint32_t *signed_at = marks + count;
    for (size_t k = 0; k < count; k++) {
        uint32_t size = ends[k].end - start;
        const uint8_t *word = seen + start;
        int open = gated(vocabulary, (ends[k].sum - sum) * vocabulary->inverses[place]);
        const uint8_t *last = word + (size >= SHORTEST_DOUBLE ? size - 3 : 0);
        open |= (size >= SHORTEST_DOUBLE) & marked(vocabulary->prefixes, edge(word)) & marked(vocabulary->suffixes, edge(last));
        marks[hits] = (uint32_t)k;
        hits += (size_t)(open & (size > 0));
        run = size == 1 ? run + 1 : size ? 0 : run;
        longest = run > longest ? run : longest;
        signed_at[signs] = ends[k].end;
        signs += (kinds[seen[ends[k].end]] & SIGN) != 0;
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
    size_t length = text->length, before = scratch->standing.count;
    unsigned flags = fold_text(&vocabulary->fold, text, seen);
    int moved = (flags & SPECIAL) != 0;
    if (moved) length = fold_visible(&vocabulary->fold, seen, length, scratch->places);
    for (size_t i = 0; i < PAD; i++) seen[length + i] = SEPARATOR;
    if (!(flags & LIGATURE) && length <= LONGEST_GATED && !suspicious(vocabulary, scratch, seen, length, flags))
        return !scratch->hits.failed;
    read_passage(vocabulary, scratch, seen, length);
    for (size_t i = before; moved && i < scratch->standing.count; i++) {
        Hit *hit = &scratch->standing.items[i];
        hit->start = scratch->places[hit->start];
        hit->end = scratch->places[hit->end - 1] + 1;
    }
    return !scratch->hits.failed && !scratch->standing.failed;
}
