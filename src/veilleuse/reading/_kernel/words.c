/* From one chunk of folded text to the terms it holds: words.py, function by function. */
#include "kernel.h"

#include <string.h>

enum {
    LONGEST_COMPOUND = 8, ELIDED = 2, LONGEST_ENDING = 2, SHORTEST_CROSSED = 5, SHORTEST_APART = 6, SHORTEST_EDIT_WORN = 5, KEPT = 2,
    WIDEST_OPENED = 4 * LONGEST_DISGUISED
};

/* Opens ligatures; NONE where the word is too long to be any. */
static size_t opened(const Fold *fold, const uint8_t *word, size_t length, uint8_t *out, size_t room) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (count + 3 > room) return NONE;
        if (fold->kinds[word[i]] & LIGATURE) {
            for (const uint8_t *letter = fold->ligatures[word[i]]; *letter; letter++) out[count++] = *letter;
        } else {
            out[count++] = word[i];
        }
    }
    return count;
}

/* Reads the digits among letters: "s3nd", "1 will"; but neither "1st" nor "cat5". Returns whether it did. */
static int read_digits(uint8_t *word, size_t length) {
    static const char readings[] = "oi2easgt89";
    int lettered = length && word[0] >= 'a' && word[length - 1] >= 'a', digits = 0;
    if (!lettered && !(length == 1 && word[0] == '1')) return 0;
    for (size_t i = 0; i < length; i++) {
        if (word[i] > '9') continue;
        word[i] = (uint8_t)readings[word[i] - '0'];
        digits = 1;
    }
    return digits;
}

size_t spelt(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint8_t out[LONGEST_WORD]) {
    size_t count = opened(&vocabulary->fold, word, length, out, LONGEST_WORD);
    if (count == NONE) return 0;
    for (size_t i = 0; i < count; i++)
        if (!(vocabulary->fold.kinds[out[i]] & (LETTER | DIGIT))) return count;
    read_digits(out, count);
    return count;
}

/* Adds the terms that the word is, inflected or not. */
static int add_written(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                       Disguise disguise, Hits *hits) {
    const Table *table = &vocabulary->plain;
    uint32_t node = length ? table_find(table, word, length) : NONE;
    if (node == NONE && length) node = table_find(table = &vocabulary->ended, word, length);
    int found = node != NONE;
    for (; node != NONE; node = table->nodes[node].next) add_hit(hits, start, end, table->nodes[node].value, disguise);
    return found;
}

void add_sought(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                Disguise disguise, Hits *hits) {
    uint32_t node = length ? table_find(&vocabulary->plain, word, length) : NONE;
    for (; node != NONE; node = vocabulary->plain.nodes[node].next) {
        uint32_t term = vocabulary->plain.nodes[node].value;
        if (!vocabulary->terms[term].exact) add_hit(hits, start, end, term, disguise);
    }
}

int is_sought(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint32_t node = table_find(&vocabulary->plain, word, length);
    for (; node != NONE; node = vocabulary->plain.nodes[node].next)
        if (!vocabulary->terms[vocabulary->plain.nodes[node].value].exact) return 1;
    return 0;
}

int stands_alone(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    return length == 1 || table_find(&vocabulary->plain, word, length) != NONE || is_whole(&vocabulary->ordinary, word, length);
}

static int equal_merged(const uint8_t *merged, const uint8_t *word, const uint8_t *form, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (merged[word[i]] != merged[form[i]]) return 0;
    return 1;
}

/* How the word hides the form's term, or -1 where their likeness is only a likeness. */
static int disguise_of(const Vocabulary *vocabulary, const uint8_t *word, size_t length, size_t letters, int figures,
                       const Form *form) {
    const uint8_t *spelling = vocabulary->letters + form->word, *merged = vocabulary->fold.merged;
    size_t wanted = form->length;
    if (form->disguise != PLAIN) {
        if (length != wanted || figures) return -1;
        int edited = form->disguise == SWAPPED || form->disguise == DROPPED || form->disguise == LOOKALIKE;
        /* What begins with a sign is no slip of the pen, nor two edits at once: "$shell" is no seashell. */
        int wearing = form->disguise == MASKED || form->disguise == REVERSED ||
                      (edited && length >= SHORTEST_EDIT_WORN && vocabulary->fold.kinds[word[0]] & (LETTER | LIGATURE));
        int same = wearing ? alike(&vocabulary->fold, word, spelling, length) : !memcmp(word, spelling, length);
        return same ? form->disguise : -1;
    }
    int brief = wanted <= SHORTEST_GLUED;
    if (brief && length - letters > 1) return -1;
    if (length == wanted && equal_merged(merged, word, spelling, length)) return LOOKALIKE;
    if (figures || !draws_out(merged, word, length, spelling, wanted) || (brief && length < wanted + 2)) return -1;
    return REPEAT;
}

static int disguised_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                          Hits *hits) {
    if (length > LONGEST_DISGUISED) return 0;
    Shelf shelf = index_find(&vocabulary->forms, skeleton_hash(vocabulary, word, length));
    const Form *form = next_form(&shelf);
    if (!form) return 0;
    size_t letters = 0, digits = 0, before = hits->count;
    for (size_t i = 0; i < length; i++) {
        letters += (vocabulary->fold.kinds[word[i]] & LETTER) != 0;
        digits += (vocabulary->fold.kinds[word[i]] & DIGIT) != 0;
    }
    if (6 * letters < length) return 0;
    /* "60-75", "v10": no letters missing */
    int figures = 2 * digits >= length, mostly = digits && 2 * letters <= length;
    for (; form; form = next_form(&shelf)) {
        int disguise = mostly && form->disguise != PLAIN ? -1 : disguise_of(vocabulary, word, length, letters, figures, form);
        int known = disguise < 0 || vocabulary->off >> disguise & 1;
        for (size_t i = before; !known && i < hits->count; i++) known = hits->items[i].term == form->term;
        if (!known) add_hit(hits, start, end, form->term, (Disguise)disguise);
    }
    return hits->count > before;
}

/* Whether a word of so many letters begins and ends as this one does, as far as it is shown: half of it, at least. */
static int may_be_blanked(const Vocabulary *vocabulary, const uint8_t *masked, size_t length) {
    const uint8_t *codes = vocabulary->letter_codes;
    size_t blanks = 0;
    for (size_t i = 0; i < length; i++) blanks += masked[i] == BLANK;
    if (2 * blanks > length || !(vocabulary->fold.kinds[masked[0]] & LETTER)) return 0;
    uint32_t lasts = vocabulary->shapes[codes[masked[0]] - 1][length];
    return masked[length - 1] == BLANK ? lasts != 0 : lasts >> codes[masked[length - 1]] & 1;
}

/* Hits in a word of which several letters are blank, as many as are shown at the most. */
static void blanked_hits(const Vocabulary *vocabulary, const uint8_t *masked, size_t length, uint32_t at, Hits *hits) {
    if (!may_be_blanked(vocabulary, masked, length)) return;
    uint32_t node = table_find(&vocabulary->by_letter, masked, 1);
    for (; node != NONE; node = vocabulary->by_letter.nodes[node].next) {
        const Sought *sought = &vocabulary->sought[vocabulary->by_letter.nodes[node].value];
        const uint8_t *word = vocabulary->letters + sought->word;
        if (sought->length != length) continue;
        size_t i = 0;
        while (i < length && (masked[i] == BLANK || alike(&vocabulary->fold, masked + i, word + i, 1))) i++;
        if (i == length) add_hit(hits, at, at + (uint32_t)length, sought->term, MASKED);
    }
}

static void glued_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t at, Hits *hits) {
    for (size_t i = SHORTEST_GLUED; i + SHORTEST_GLUED <= length; i++) {
        if (!is_sought(vocabulary, word, i) || !is_sought(vocabulary, word + i, length - i)) continue;
        uint32_t middle = at + (uint32_t)i;
        add_sought(vocabulary, word, i, at, middle, JOINED, hits);
        add_sought(vocabulary, word + i, length - i, middle, at + (uint32_t)length, JOINED, hits);
        return;
    }
}

/* A word masked by several x. */
static void crossed_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t at, Hits *hits) {
    uint8_t masked[LONGEST_DISGUISED];
    size_t shown = length; /* up to the x at its end: "pleasexx" ends in kisses */
    int crossed = 0;
    if (length < SHORTEST_CROSSED || length > LONGEST_DISGUISED) return;
    while (shown && word[shown - 1] == 'x') shown--;
    for (size_t i = 0; i < length; i++) {
        masked[i] = word[i] == 'x' && i < shown ? BLANK : word[i];
        crossed |= masked[i] == BLANK && ((i > 0 && word[i - 1] == 'x') || (i > 1 && word[i - 2] == 'x'));
    }
    if (crossed) blanked_hits(vocabulary, masked, length, at, hits);
}

/* A term between rows of x, as in names that players give themselves. */
static void framed_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t at, Hits *hits) {
    size_t first = 0, last = length;
    while (first < last && word[first] == 'x') first++;
    while (last > first && word[last - 1] == 'x') last--;
    if (first < 2 || length - last < 2 || last - first < SHORTEST_JOINED || length > LONGEST_DISGUISED) return;
    add_sought(vocabulary, word + first, last - first, at + (uint32_t)first, at + (uint32_t)last, JOINED, hits);
}

/* Whether a word may be two, one of them a term. */
static int may_hold_two(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    uint8_t room[8 + LONGEST_DISGUISED + 16] = {0}, *codes = room + 8;
    if (length < SHORTEST_DOUBLE || length > LONGEST_DISGUISED) return 0;
    for (size_t i = 0; i < length; i++) codes[i] = vocabulary->letter_codes[word[i]];
    return holds_two(vocabulary, codes, (uint32_t)length);
}

/* A term written against an ordinary word, at either end of it. */
static void joined_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t at, Hits *hits) {
    size_t before = hits->count;
    if (length < SHORTEST_JOINED + SHORTEST_GLUED) return;
    for (size_t size = length - SHORTEST_GLUED; size >= SHORTEST_JOINED; size--) {
        size_t rest = length - size;
        uint32_t middle = at + (uint32_t)size, end = at + (uint32_t)length;
        if (is_sought(vocabulary, word, size) && stands_alone(vocabulary, word + size, rest))
            add_sought(vocabulary, word, size, at, middle, JOINED, hits);
        else if (is_sought(vocabulary, word + rest, size) && stands_alone(vocabulary, word, rest))
            add_sought(vocabulary, word + rest, size, at + (uint32_t)rest, end, JOINED, hits);
        if (hits->count > before) return;
    }
}

/* A whole word's, be it made of letters set apart: unless it is a slip of the pen that others made. */
static int whole_word_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                           Hits *hits) {
    size_t before = hits->count, kept = before;
    if (!disguised_hits(vocabulary, word, length, start, end, hits)) return 0;
    if (!is_seen(&vocabulary->ordinary, word, length)) return 1;
    for (size_t i = before; i < hits->count; i++)
        if (!is_slip(hits->items[i].disguise)) hits->items[kept++] = hits->items[i];
    hits->count = kept;
    return kept > before;
}

int apart_hits(const Vocabulary *vocabulary, const uint8_t *letters, size_t length, uint32_t start, uint32_t end, Hits *hits) {
    size_t before = hits->count;
    if (!whole_word_hits(vocabulary, letters, length, start, end, hits)) return 0;
    for (size_t i = before; i < hits->count; i++) hits->items[i].disguise = SPLIT;
    return 1;
}

void word_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t at, Hits *hits) {
    uint8_t whole[LONGEST_WORD], read[LONGEST_WORD];
    uint32_t end = at + (uint32_t)length;
    whole[0] = 0;
    size_t count = opened(&vocabulary->fold, word, length, whole, sizeof whole);
    int open = count != NONE && is_open(vocabulary, skeleton_hash(vocabulary, whole, count));
    if (open) {
        if (add_written(vocabulary, whole, count, at, end, PLAIN, hits)) return;
        memcpy(read, whole, count);
        if (read_digits(read, count) && (count == 1 || !is_ordinary(&vocabulary->ordinary, whole, count)) &&
            add_written(vocabulary, read, count, at, end, LOOKALIKE, hits)) return;
    }
    size_t first = 0, last = length;
    while (first < last && vocabulary->fold.kinds[word[first]] & DIGIT) first++;
    while (last > first && vocabulary->fold.kinds[word[last - 1]] & DIGIT) last--;
    if (first == last) return;
    if (last - first < length &&
        add_written(vocabulary, word + first, last - first, at + (uint32_t)first, at + (uint32_t)last, PLAIN, hits)) return;
    int two = may_hold_two(vocabulary, word, length);
    if (count == NONE || !(open || two || memchr(word, 'x', length))) return;
    size_t before = hits->count; /* whether it is ordinary is asked last: that reads far memory */
    whole_word_hits(vocabulary, whole, count, at, end, hits);
    if (two && hits->count == before) glued_hits(vocabulary, word, length, at, hits);
    if (two && hits->count == before) joined_hits(vocabulary, word, length, at, hits);
    if (hits->count == before) crossed_hits(vocabulary, word, length, at, hits);
    if (hits->count == before) framed_hits(vocabulary, word, length, at, hits);
    if (hits->count > before && is_ordinary(&vocabulary->ordinary, whole, count)) hits->count = before;
}

/* Whether words are joined as people join them: by hyphens and apostrophes. */
static int compound(const Vocabulary *vocabulary, const uint8_t *whole, size_t length, size_t pieces) {
    for (size_t i = 0; i < length;) {
        size_t start = i;
        while (i < length && vocabulary->fold.kinds[whole[i]] & IN_WORD) i++;
        if (i == start) {
            if (!memchr("-'.,", whole[i++], 4)) return 0;
        } else if (i - start == 1 ? pieces != ELIDED : !stands_alone(vocabulary, whole + start, i - start)) {
            return 0;
        }
    }
    return 1;
}

/* Whether it is a term and endings: "mineur·e·s" and "children's" say that much openly. */
static int says_openly(const Vocabulary *vocabulary, const uint8_t *core, size_t length) {
    uint8_t whole[WIDEST_OPENED];
    size_t count = opened(&vocabulary->fold, core, length, whole, sizeof whole);
    size_t said = 0, terms = 0;
    for (size_t i = 0; i < count; i++) {
        size_t start = i;
        while (i < count && vocabulary->fold.kinds[whole[i]] & IN_WORD) i++;
        if (i - start <= LONGEST_ENDING) continue;
        said++;
        terms += table_find(&vocabulary->plain, whole + start, i - start) != NONE;
    }
    return said == 1 && terms == 1;
}

/* Whether each piece is a word by itself, of more than a letter. */
static int all_words(const Vocabulary *vocabulary, const uint8_t *whole, size_t length) {
    for (size_t i = 0; i < length;) {
        size_t start = i;
        while (i < length && vocabulary->fold.kinds[whole[i]] & IN_WORD) i++;
        if (i == start) i++;
        else if (i - start == 1 || !stands_alone(vocabulary, whole + start, i - start)) return 0;
    }
    return 1;
}

/* Signs as mere separators, unless they join words: between letters of a term, or of one in disguise. */
static void joined_reading(const Vocabulary *vocabulary, const uint8_t *core, size_t length, uint32_t at, Hits *hits) {
    uint8_t whole[WIDEST_OPENED], joined[WIDEST_OPENED], read[LONGEST_WORD];
    size_t pieces = 0, total = 0, letters = 0, before = hits->count;
    size_t count = opened(&vocabulary->fold, core, length, whole, sizeof whole);
    for (size_t i = 0; i < count; i++) {
        if (!(vocabulary->fold.kinds[whole[i]] & IN_WORD)) continue;
        pieces += !i || !(vocabulary->fold.kinds[whole[i - 1]] & IN_WORD);
        letters += (vocabulary->fold.kinds[whole[i]] & LETTER) != 0;
        joined[total++] = whole[i];
    }
    if (!is_open(vocabulary, skeleton_hash(vocabulary, joined, total))) return;
    int words = compound(vocabulary, whole, count, pieces);
    if (words && total < LONGEST_COMPOUND) return;
    add_sought(vocabulary, read, spelt(vocabulary, joined, total, read), at, at + (uint32_t)length, SPLIT, hits);
    if (hits->count > before || words || memchr(core, '\'', length) || total < SHORTEST_APART || letters < total) return;
    if (all_words(vocabulary, whole, count)) return;
    apart_hits(vocabulary, joined, total, at, at + (uint32_t)length, hits);
}

/* Whether it ends in a number behind a sign: "nom_4", "a.0". */
static int is_numbered(const Fold *fold, const uint8_t *core, size_t length) {
    size_t shown = length;
    while (shown && fold->kinds[core[shown - 1]] & DIGIT) shown--;
    return shown && shown < length && memchr("._-", core[shown - 1], 3);
}

/* Whether French elides a letter before a word, be it a rare one, by that sign: "j'ose" or, in haste, "c-est". */
static int is_elision(const Vocabulary *vocabulary, const uint8_t *core, size_t length, uint8_t sign) {
    if (length < 4 || core[1] != sign || !memchr("cdjlmnst", core[0], 8) || !memchr("aeiouyh", core[2], 7)) return 0;
    for (size_t i = 3; i < length; i++)
        if (!(vocabulary->fold.kinds[core[i]] & LETTER)) return 0;
    return is_ordinary(&vocabulary->ordinary, core + 2, length - 2);
}

static void signed_readings(const Vocabulary *vocabulary, const uint8_t *core, size_t length, uint32_t at, Hits *hits) {
    uint32_t end = at + (uint32_t)length;
    if (says_openly(vocabulary, core, length)) return;
    if (!is_elision(vocabulary, core, length, '\'')) joined_reading(vocabulary, core, length, at, hits);
    if (memchr(core, BLANK, length) || is_open(vocabulary, skeleton_hash(vocabulary, core, length)))
        disguised_hits(vocabulary, core, length, at, end, hits);
    if (is_elision(vocabulary, core, length, '-') || is_numbered(&vocabulary->fold, core, length)) return;
    for (int brackets = 0; brackets <= (memchr(core, '(', length) != NULL); brackets++) {
        uint8_t masked[LONGEST_DISGUISED];
        size_t blanks = 0;
        for (size_t i = 0; i < length; i++) {
            int blank = memchr("#_.-*^&%", core[i], 8) || (brackets && core[i] == '(');
            masked[i] = blank ? BLANK : core[i];
            blanks += (size_t)blank;
        }
        if (blanks == 1) disguised_hits(vocabulary, masked, length, at, end, hits);
        if (blanks > 1) blanked_hits(vocabulary, masked, length, at, hits);
    }
}

/* A word whose first letter is a sign in front, unless it is a word without it: "!une", but not "(hair". */
static void fronted_hits(const Vocabulary *vocabulary, const uint8_t *core, size_t length, uint32_t at, Hits *hits) {
    if (length < SHORTEST_FRONTED || length > LONGEST_DISGUISED) return;
    Shelf shelf = index_find(&vocabulary->forms, skeleton_hash(vocabulary, core, length));
    size_t before = hits->count;
    for (const Form *form; (form = next_form(&shelf));)
        if (form->disguise == PLAIN && form->length == length &&
            equal_merged(vocabulary->fold.merged, core, vocabulary->letters + form->word, length))
            add_hit(hits, at, at + (uint32_t)length, form->term, LOOKALIKE);
    if (hits->count > before && (stands_alone(vocabulary, core + 1, length - 1) || is_seen(&vocabulary->ordinary, core + 1, length - 1)))
        hits->count = before;
}

static int is_front(uint8_t byte) { return byte == '!' || byte == '|' || byte == '('; }

static void core_hits(const Vocabulary *vocabulary, const uint8_t *chunk, size_t length, uint32_t at, Hits *hits) {
    static const uint8_t around[] = {AROUND, SIGN, AROUND};
    const uint8_t *kinds = vocabulary->fold.kinds;
    size_t after = length, seen[6][2], count = 0, before = hits->count;
    while (after && chunk[after - 1] != '\'') after--;
    for (int whole = 1; whole >= 0; whole--) {
        if (!whole && !after) break;
        for (int i = 0; i < 3; i++) {
            size_t start = whole ? 0 : after, first = start, last = length;
            while (first < last && kinds[chunk[first]] & around[i]) first++;
            if (i == KEPT && (first == start || !is_front(chunk[--first]))) continue;
            while (last > first && kinds[chunk[last - 1]] & around[i]) last--;
            int known = first == last || last - first > LONGEST_DISGUISED, word = 1;
            for (size_t k = 0; k < count; k++) known |= seen[k][0] == first && seen[k][1] == last;
            for (size_t k = first; !known && word && k < last; k++) word = (kinds[chunk[k]] & IN_WORD) != 0;
            if (known || word) continue;
            seen[count][0] = first;
            seen[count++][1] = last;
            int bare = is_front(chunk[first]);
            for (size_t k = first + 1; bare && k < last; k++) bare = (kinds[chunk[k]] & IN_WORD) != 0;
            if (bare) fronted_hits(vocabulary, chunk + first, last - first, at + (uint32_t)first, hits);
            else signed_readings(vocabulary, chunk + first, last - first, at + (uint32_t)first, hits);
            if (hits->count > before) return;
        }
    }
}

static int parts(uint8_t byte) { return byte == ',' || byte == '^'; }

void signed_hits(const Vocabulary *vocabulary, const uint8_t *chunk, size_t length, uint32_t at, Hits *hits) {
    size_t before = hits->count;
    core_hits(vocabulary, chunk, length, at, hits);
    if (hits->count > before) return;
    for (size_t i = 0; i < length; i++) {
        size_t start = i;
        while (i < length && !parts(chunk[i])) i++;
        if (i > start && i - start < length) core_hits(vocabulary, chunk + start, i - start, at + (uint32_t)start, hits);
    }
}
