/* Terms whose letters stand one by one: spelled.py, function by function. */
#include "kernel.h"

enum { FEWEST_HIDDEN = 4 };

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

/* The terms that all the letters hide, or all but those at the ends, which may be words: "a k r a y o n". */
static void hidden(const Vocabulary *vocabulary, const uint8_t *letters, const uint32_t *places, size_t count, Hits *hits) {
    static const uint8_t less[][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}}; /* at the start, and at the end */
    for (size_t i = 0; i < sizeof less / sizeof *less; i++) {
        size_t start = less[i][0], end = count - less[i][1];
        if (end < start + FEWEST_HIDDEN || end > start + LONGEST_SPELLED) continue;
        if (hidden_hits(vocabulary, letters + start, end - start, places[start], places[end - 1] + 1, hits)) return;
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
        hidden(vocabulary, letters, places, count, hits);
        return;
    }
    for (size_t start = 0; start < count; start = chosen[start])
        if (chosen[start] > start + 1)
            add_spelled(vocabulary, letters + start, chosen[start] - start, places[start], places[chosen[start] - 1] + 1, hits);
}
