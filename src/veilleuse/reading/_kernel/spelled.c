/* Terms whose letters stand one by one, as spelled.py finds them. */
#include "kernel.h"

enum { FEWEST_DISGUISED = 4 };

static void drawn_out(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                      Hits *hits) {
    Shelf shelf = index_find(&vocabulary->forms, skeleton_hash(vocabulary, word, length));
    for (const Form *form; (form = next_form(&shelf));)
        if (form->disguise == PLAIN &&
            draws_out(vocabulary->fold.merged, word, length, vocabulary->letters + form->word, form->length))
            add_hit(hits, start, end, form->term, SPLIT);
}

static void add_spelled(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                        Hits *hits) {
    size_t before = hits->count;
    add_sought(vocabulary, word, length, start, end, SPLIT, hits);
    if (hits->count == before) drawn_out(vocabulary, word, length, start, end, hits);
}

static int is_spelled(const Vocabulary *vocabulary, const uint8_t *word, size_t length, Hits *hits) {
    size_t before = hits->count;
    add_spelled(vocabulary, word, length, 0, 0, hits);
    int found = hits->count > before;
    hits->count = before;
    return found;
}

/* All the letters, or all but those at the ends. */
enum { PARTS_OF_RUN = 4 };
static Span part_of(size_t number, size_t count) {
    return (Span){(uint32_t)(number & 1), (uint32_t)(count - (number >> 1))};
}

/* The terms that these hide, for those at the ends may be words: "a k r a y o n". None where any is what others write:
   "t e n a n t", "a t o r c h". */
static void disguised(const Vocabulary *vocabulary, const uint8_t *letters, const uint32_t *places, size_t count, Hits *hits) {
    size_t before = hits->count;
    for (size_t i = 0; i < PARTS_OF_RUN && hits->count == before; i++) {
        Span part = part_of(i, count);
        uint32_t length = part.end - part.start;
        if (length < FEWEST_DISGUISED || length > LONGEST_SPELLED) continue;
        apart_hits(vocabulary, letters + part.start, length, places[part.start], places[part.end - 1] + 1, hits);
    }
    for (size_t i = 0; i < PARTS_OF_RUN && hits->count > before; i++) {
        Span part = part_of(i, count);
        uint32_t length = part.end - part.start;
        if (length >= FEWEST_DISGUISED && is_seen(&vocabulary->ordinary, letters + part.start, length)) hits->count = before;
    }
}

/* The terms that together cover most of letters that stood one by one; where none does, those in disguise. */
void spelled_hits(const Vocabulary *vocabulary, const uint8_t *letters, const uint32_t *places, size_t count, Hits *hits) {
    size_t covered[MOST_SPELLED + 1], chosen[MOST_SPELLED];
    if (count > MOST_SPELLED) return;
    covered[count] = 0;
    for (size_t start = count; start-- > 0;) {
        covered[start] = covered[start + 1];
        chosen[start] = start + 1;
        size_t last = start + LONGEST_SPELLED < count ? start + LONGEST_SPELLED : count;
        for (size_t end = start + SHORTEST_GLUED; end <= last; end++) {
            if (end - start + covered[end] <= covered[start]) continue;
            if (!is_spelled(vocabulary, letters + start, end - start, hits)) continue;
            covered[start] = end - start + covered[end];
            chosen[start] = end;
        }
    }
    if (!covered[0]) {
        disguised(vocabulary, letters, places, count, hits);
        return;
    }
    for (size_t start = 0; start < count; start = chosen[start])
        if (chosen[start] > start + 1)
            add_spelled(vocabulary, letters + start, chosen[start] - start, places[start], places[chosen[start] - 1] + 1, hits);
}
