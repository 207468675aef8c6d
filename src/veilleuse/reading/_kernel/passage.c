/* What a whole folded text holds: words, phrases, terms broken by spaces, and which of them stand: twin.py. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

enum { WIDEST_GAP = 8, WIDEST_BREAK = 3, FEWEST_SPELLED = 3, MOST_PARTS = 3, SHORTEST_SPLIT = 4, MOST_DOUBTED = 4 };

static int in_chunk(uint8_t byte) { return byte != SEPARATOR && byte != BREAK; }

static Span stripped(const Fold *fold, const uint8_t *seen, Span chunk) {
    while (chunk.start < chunk.end && fold->kinds[seen[chunk.start]] & AROUND) chunk.start++;
    while (chunk.end > chunk.start && fold->kinds[seen[chunk.end - 1]] & AROUND) chunk.end--;
    return chunk;
}

static void plain_chunk_hits(const Vocabulary *vocabulary, const uint8_t *chunk, size_t length, uint32_t at, Hits *hits) {
    const uint8_t *kinds = vocabulary->fold.kinds;
    for (size_t i = 0; i < length;) {
        size_t start = i;
        while (i < length && kinds[chunk[i]] & IN_WORD) i++;
        if (i == start) {
            i++;
            continue;
        }
        word_hits(vocabulary, chunk + start, i - start, at + (uint32_t)start, hits);
        if (i - start == length) return;
    }
    signed_hits(vocabulary, chunk, length, at, hits);
}

/* What the chunk holds, as its doubtful glyphs may be read: one way, the other, and at last as masked letters. */
static void chunk_hits(const Vocabulary *vocabulary, Hits *hits, const uint8_t *seen, Span span) {
    const Fold *fold = &vocabulary->fold;
    const uint8_t *chunk = seen + span.start;
    uint8_t read[LONGEST_DISGUISED], glyphs[LONGEST_DISGUISED];
    size_t length = span.end - span.start, doubtful = 0, before = hits->count;
    for (size_t i = 0; length <= LONGEST_DISGUISED && i < length; i++)
        if (fold->others[chunk[i]] && !memchr(glyphs, chunk[i], doubtful)) glyphs[doubtful++] = chunk[i];
    if (!doubtful) {
        plain_chunk_hits(vocabulary, chunk, length, span.start, hits);
        return;
    }
    size_t doubted = doubtful < MOST_DOUBTED ? doubtful : MOST_DOUBTED;
    for (size_t choice = 0; choice <= (size_t)1 << doubted && hits->count == before; choice++) {
        for (size_t i = 0; i < length; i++) {
            uint8_t byte = chunk[i], *glyph = doubtful && fold->others[byte] ? memchr(glyphs, byte, doubtful) : NULL;
            size_t place = glyph ? (size_t)(glyph - glyphs) : 0;
            read[i] = byte;
            if (!glyph) continue;
            if (choice >> doubted) read[i] = '#';
            else if (place < doubted && choice >> (doubted - 1 - place) & 1) read[i] = fold->others[byte];
            else if (!fold->ligatures[byte][1]) read[i] = fold->ligatures[byte][0];
        }
        plain_chunk_hits(vocabulary, read, length, span.start, hits);
    }
}

static Span word_at(const Passage *passage, size_t word) {
    const uint32_t *bounds = passage->bounds + 2 * word;
    return (Span){bounds[0] - passage->offset, bounds[1] - passage->offset};
}

/* A chunk as a part of a term: its letters, whether its first word may begin one, or that it holds too many letters. */
typedef struct { Span chunk; uint8_t letters[LONGEST_WORD]; size_t length; int opens, endless; } Part;

static void take_part(const Vocabulary *vocabulary, const uint8_t *seen, Span chunk, Part *part) {
    uint8_t read[LONGEST_WORD];
    part->chunk = chunk;
    part->length = 0;
    part->opens = 0;
    part->endless = chunk.end - chunk.start > LONGEST_DISGUISED;
    if (part->endless) return;
    for (uint32_t i = chunk.start; i < chunk.end;) {
        uint32_t start = i;
        while (i < chunk.end && vocabulary->fold.kinds[seen[i]] & IN_WORD) i++;
        if (i == start) {
            i++;
            continue;
        }
        size_t length = spelt(vocabulary, seen + start, i - start, read);
        part->endless = !length || part->length + length > LONGEST_WORD;
        if (part->endless) return;
        if (!part->length) part->opens = table_find(&vocabulary->openings, read, length) != NONE;
        memcpy(part->letters + part->length, read, length);
        part->length += length;
    }
}

/* Whether each word of the chunk is one by itself. */
static int whole(const Vocabulary *vocabulary, const uint8_t *seen, Span chunk) {
    uint8_t read[LONGEST_WORD];
    for (uint32_t i = chunk.start; i < chunk.end;) {
        uint32_t start = i;
        while (i < chunk.end && vocabulary->fold.kinds[seen[i]] & IN_WORD) i++;
        if (i == start) i++;
        else if (!stands_alone(vocabulary, read, spelt(vocabulary, seen + start, i - start, read))) return 0;
    }
    return 1;
}

static int broken(const uint8_t *seen, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (seen[i] != SEPARATOR) return 0;
    return to - from <= WIDEST_BREAK;
}

/* Terms that the first two parts make, or all of them, unless each word is one by itself. */
static void joined_hits(const Vocabulary *vocabulary, const uint8_t *seen, const Part *parts, size_t count, Hits *hits) {
    uint8_t letters[MOST_PARTS * LONGEST_WORD];
    if (!parts[0].opens || parts[0].endless) return;
    size_t length = parts[0].length;
    uint32_t start = stripped(&vocabulary->fold, seen, parts[0].chunk).start;
    memcpy(letters, parts[0].letters, length);
    for (size_t i = 1; i < count; i++) {
        if (!broken(seen, parts[i - 1].chunk.end, parts[i].chunk.start) || parts[i].endless) return;
        if (!parts[i].length) continue;
        memcpy(letters + length, parts[i].letters, parts[i].length);
        length += parts[i].length;
        if (length < SHORTEST_SPLIT || !is_sought(vocabulary, letters, length)) continue;
        for (size_t k = 0; k <= i; k++) {
            if (whole(vocabulary, seen, parts[k].chunk)) continue;
            add_sought(vocabulary, letters, length, start, stripped(&vocabulary->fold, seen, parts[i].chunk).end, SPLIT, hits);
            break;
        }
    }
}

static Span chunk_from(const Passage *passage, uint32_t start) {
    while (start < passage->length && !in_chunk(passage->seen[start])) start++;
    Span chunk = {start, start};
    while (chunk.end < passage->length && in_chunk(passage->seen[chunk.end])) chunk.end++;
    return chunk;
}

/* Terms that begin with the chunk of a word that may open one. */
static void pieces(const Vocabulary *vocabulary, Scratch *scratch, const Passage *passage) {
    Part parts[MOST_PARTS];
    uint32_t done = 0; /* up to there, chunks were begun with */
    for (size_t k = 0; k < passage->words; k++) {
        uint32_t start = word_at(passage, k).start;
        size_t count = 0;
        if (!(passage->flags[k] & MAY_OPEN) || start < done) continue;
        while (start > 0 && in_chunk(passage->seen[start - 1])) start--;
        for (Span chunk = chunk_from(passage, start); chunk.start < chunk.end && count < MOST_PARTS; chunk = chunk_from(passage, chunk.end))
            take_part(vocabulary, passage->seen, chunk, &parts[count++]);
        done = parts[0].chunk.end;
        joined_hits(vocabulary, passage->seen, parts, count, &scratch->hits);
    }
}

static int spells(const Vocabulary *vocabulary, const uint8_t *seen, Span word, const uint32_t *wanted) {
    uint8_t read[LONGEST_WORD];
    size_t length = spelt(vocabulary, seen + word.start, word.end - word.start, read);
    return length == wanted[1] && !memcmp(read, vocabulary->letters + wanted[0], length);
}

/* A phrase does not reach over the end of a sentence, nor over a wide gap. */
static int unbroken(const uint8_t *seen, uint32_t from, uint32_t to) {
    if (to - from > WIDEST_GAP) return 0;
    for (uint32_t i = from; i < to; i++)
        if (seen[i] == BREAK || seen[i] == '!' || (seen[i] == '.' && i + 1 < to && seen[i + 1] == SEPARATOR)) return 0;
    return 1;
}

/* The phrases that stand around that word. */
static void phrase_hits(const Vocabulary *vocabulary, Hits *hits, const Passage *passage, size_t word) {
    uint8_t read[LONGEST_WORD];
    const uint8_t *seen = passage->seen;
    Span anchor = word_at(passage, word);
    size_t length = spelt(vocabulary, seen + anchor.start, anchor.end - anchor.start, read);
    uint32_t node = length ? table_find(&vocabulary->anchors, read, length) : NONE;
    for (; node != NONE; node = vocabulary->anchors.nodes[node].next) {
        const Phrase *phrase = &vocabulary->phrases[vocabulary->anchors.nodes[node].value];
        if (word < phrase->anchor || word - phrase->anchor + phrase->count > passage->words) continue;
        size_t first = word - phrase->anchor;
        int stands = 1;
        for (size_t i = 0; stands && i < phrase->count; i++)
            stands = (i == phrase->anchor ||
                      spells(vocabulary, seen, word_at(passage, first + i), vocabulary->word_ends + 2 * (phrase->words + i))) &&
                     (!i || unbroken(seen, word_at(passage, first + i - 1).end, word_at(passage, first + i).start));
        if (stands)
            add_hit(hits, word_at(passage, first).start, word_at(passage, first + phrase->count - 1).end, phrase->term, PLAIN);
    }
}

static void words(const Vocabulary *vocabulary, Scratch *scratch, const Passage *passage) {
    uint32_t done = 0; /* up to there, chunks are read whole */
    for (size_t k = 0; k < passage->words; k++) {
        if (!passage->flags[k]) continue;
        Span word = word_at(passage, k);
        if (passage->flags[k] & MAY_ANCHOR) phrase_hits(vocabulary, &scratch->hits, passage, k);
        if (word.start < done) continue;
        if (passage->flags[k] & IN_OPEN_CHUNK) {
            Span chunk = word;
            while (chunk.start > 0 && in_chunk(passage->seen[chunk.start - 1])) chunk.start--;
            while (chunk.end < passage->length && in_chunk(passage->seen[chunk.end])) chunk.end++;
            chunk_hits(vocabulary, &scratch->hits, passage->seen, chunk);
            done = chunk.end;
        } else if (passage->flags[k] & MAY_HIT) {
            word_hits(vocabulary, passage->seen + word.start, word.end - word.start, word.start, &scratch->hits);
        }
    }
}

/* Whether a letter stands there by itself, or what masks one. */
static int lone(const Fold *fold, const uint8_t *seen, size_t length, size_t i) {
    uint8_t before = i ? seen[i - 1] : SEPARATOR, after = i + 1 < length ? seen[i + 1] : SEPARATOR;
    if ((fold->kinds[before] | fold->kinds[after]) & LONE) return 0;
    return fold->kinds[seen[i]] & LONE || (seen[i] == BLANK && before != BLANK && after != BLANK);
}

static void spelled_out(const Vocabulary *vocabulary, Scratch *scratch, const uint8_t *seen, size_t length) {
    const Fold *fold = &vocabulary->fold;
    uint8_t letters[MOST_SPELLED];
    uint32_t places[MOST_SPELLED];
    for (size_t i = 0; i < length;) {
        if (!lone(fold, seen, length, i)) {
            i++;
            continue;
        }
        size_t count = 0, plain = 0;
        for (size_t next = i; next < length && count < MOST_SPELLED && lone(fold, seen, length, next);) {
            letters[count] = seen[next];
            places[count++] = (uint32_t)next;
            plain += (fold->kinds[seen[next]] & IN_WORD) != 0;
            i = next + 1;
            for (next = i; next < length && next - i < WIDEST_BREAK && fold->kinds[seen[next]] & BETWEEN;) next++;
            if (next == i) break;
        }
        if (count >= FEWEST_SPELLED && plain >= FEWEST_SPELLED)
            spelled_hits(vocabulary, letters, places, count, &scratch->hits);
        if (count == MOST_SPELLED) i = places[count - LONGEST_SPELLED]; /* what is cut there may begin a term */
    }
}

static int by_place(const void *a, const void *b) {
    const Hit *left = a, *right = b;
    if (left->start != right->start) return left->start < right->start ? -1 : 1;
    if (left->end != right->end) return left->end < right->end ? -1 : 1;
    if (left->term != right->term) return left->term < right->term ? -1 : 1;
    return (int)left->disguise - (int)right->disguise;
}

void sort_hits(Hits *hits) {
    if (hits->count > 1) qsort(hits->items, hits->count, sizeof(Hit), by_place);
}

static int by_claim(const void *a, const void *b) {
    const Hit *left = a, *right = b;
    uint32_t wide = left->end - left->start, other = right->end - right->start;
    if (wide != other) return wide > other ? -1 : 1;
    if (left->disguise != right->disguise) return (int)left->disguise - (int)right->disguise;
    if (left->start != right->start) return left->start < right->start ? -1 : 1;
    return left->term < right->term ? -1 : left->term > right->term;
}

/* Whether both may stand: about different things, neither to clear the other, and neither cutting a word in two. What
   an operator listed yields to nothing of ours: unfound, it would be shown unmasked. */
static int together(const Vocabulary *vocabulary, const Hit *longer, const Hit *hit) {
    const Term *wide = &vocabulary->terms[longer->term], *narrow = &vocabulary->terms[hit->term];
    int within = longer->start <= hit->start && hit->end <= longer->end;
    if (narrow->private) return !(wide->private && wide->concept == narrow->concept && within);
    return (within || (wide->phrase && narrow->phrase)) && wide->concept != narrow->concept && !wide->clearing &&
           !narrow->clearing;
}

/* Of hits that contend for places from `from` to `to`, those that stand are moved to the front. Long chains of hits
   contend two by two only: those that stand are listed by stretches as wide as the widest, of which each shares two. */
static size_t settle(const Vocabulary *vocabulary, Scratch *scratch, Hit *rivals, size_t count, uint32_t from, uint32_t to) {
    if (count < 2) return count;
    qsort(rivals, count, sizeof(Hit), by_claim);
    uint32_t width = rivals[0].end - rivals[0].start;
    size_t stretches = (to - from) / width + 1, settled = 0;
    if (!grow((void **)&scratch->links, &scratch->link_room, stretches + 2 * count, sizeof(uint32_t))) {
        scratch->hits.failed = 1;
        return 0;
    }
    uint32_t *heads = scratch->links, *links = heads + stretches;
    for (size_t n = 0; n < stretches; n++) heads[n] = NONE;
    for (size_t i = 0; i < count; i++) {
        Hit hit = rivals[i];
        size_t first = (hit.start - from) / width, last = (hit.end - 1 - from) / width;
        int stands = 1;
        for (size_t n = first; stands && n <= last; n++)
            for (uint32_t link = heads[n]; stands && link != NONE; link = links[link]) {
                const Hit *met = &rivals[link / 2];
                if (met->start < hit.end && hit.start < met->end) stands = together(vocabulary, met, &hit);
            }
        if (!stands) continue;
        rivals[settled] = hit;
        for (size_t n = first; n <= last; n++) {
            uint32_t link = (uint32_t)(2 * settled + (n - first));
            links[link] = heads[n];
            heads[n] = link;
        }
        settled++;
    }
    return settled;
}

static void stand(const Vocabulary *vocabulary, Scratch *scratch) {
    Hit *hits = scratch->hits.items;
    size_t count = scratch->hits.count;
    for (size_t i = 0; i < count;) {
        size_t start = i;
        uint32_t from = hits[i].start, reach = 0;
        for (; i < count && (i == start || hits[i].start < reach); i++)
            if (hits[i].end > reach) reach = hits[i].end;
        size_t settled = settle(vocabulary, scratch, hits + start, i - start, from, reach);
        for (size_t k = start; k < start + settled; k++)
            if (!vocabulary->terms[hits[k].term].ordinary)
                add_hit(&scratch->standing, hits[k].start, hits[k].end, hits[k].term, (Disguise)hits[k].disguise);
    }
    sort_hits(&scratch->standing);
}

/* The same hit may be found in two ways, and in one that is not to be looked for. */
static void drop_twins(const Vocabulary *vocabulary, Hits *hits) {
    size_t kept = 0;
    sort_hits(hits);
    for (size_t i = 0; i < hits->count; i++)
        if (!(vocabulary->off >> hits->items[i].disguise & 1) && (!kept || by_place(&hits->items[i], &hits->items[kept - 1])))
            hits->items[kept++] = hits->items[i];
    hits->count = kept;
}

void settle_hits(const Vocabulary *vocabulary, Scratch *scratch) {
    scratch->standing.count = 0;
    drop_twins(vocabulary, &scratch->hits);
    stand(vocabulary, scratch);
}

void read_passage(const Vocabulary *vocabulary, Scratch *scratch, const Passage *passage) {
    scratch->hits.count = 0;
    words(vocabulary, scratch, passage);
    if (passage->reasons & FOR_PIECES) pieces(vocabulary, scratch, passage);
    if (passage->reasons & FOR_LETTERS) spelled_out(vocabulary, scratch, passage->seen, passage->length);
    settle_hits(vocabulary, scratch);
}

void scratch_free(Scratch *scratch) {
    free(scratch->folded);
    free(scratch->places);
    free(scratch->links);
    free(scratch->hits.items);
    free(scratch->standing.items);
}
