/* The way through: texts in the gate, what it lets through looked at more closely, and those texts read whole in which
   something remains. */
#include "kernel.h"

#include <stdlib.h>

enum { PAD = 8 };

static int holds(const Vocabulary *vocabulary, Scratch *scratch, const uint8_t *chunk, size_t length) {
    const uint8_t *kinds = vocabulary->fold.kinds;
    scratch->hits.count = 0;
    for (size_t i = 0; i < length;) {
        size_t start = i;
        while (i < length && kinds[chunk[i]] & IN_WORD) i++;
        if (i > start) word_hits(vocabulary, chunk + start, i - start, 0, &scratch->hits);
        else i++;
        if (scratch->hits.count) return 1;
    }
    signed_hits(vocabulary, chunk, length, 0, &scratch->hits);
    return scratch->hits.count > 0;
}

/* Whether a chunk, or a word by itself, holds anything. */
static int matters(const Vocabulary *vocabulary, Scan *scan, const uint8_t *chunk, size_t length) {
    if (length > LONGEST_REFUSED) return holds(vocabulary, &scan->scratch, chunk, length);
    Refused refused = refused_of(chunk, length);
    if (is_refused(&scan->refusals, refused)) return 0;
    if (holds(vocabulary, &scan->scratch, chunk, length)) return 1;
    if (!scan->scratch.hits.failed) refuse(&scan->refusals, refused);
    return 0;
}

static int make_room(Scratch *scratch, size_t length) {
    return grow((void **)&scratch->folded, &scratch->folded_room, length + PAD, 1) &&
           grow((void **)&scratch->places, &scratch->place_room, length + 1, sizeof(uint32_t));
}

/* Folds a text into scratch, as it is seen; returns its flags, or NONE. */
static unsigned show(const Vocabulary *vocabulary, Scan *scan, const Text *text, size_t number) {
    Scratch *scratch = &scan->scratch;
    if (!make_room(scratch, text->length)) return NONE;
    unsigned flags = fold_whole(vocabulary, text, scratch->folded);
    size_t length = text->length;
    if (flags & SPECIAL) {
        turn_over(text, scratch->folded, scratch->places);
        length = fold_visible(&vocabulary->fold, scratch->folded, length, scratch->places, &flags);
    }
    memset(scratch->folded + length, SEPARATOR, PAD);
    scan->shown = number + 1;
    scan->shown_length = length;
    return flags;
}

/* Adds a text that more may have to be done to than to look up its codes; 0 where memory ran out. */
static int fill_one(const Vocabulary *vocabulary, Scan *scan, const Text *text, size_t number) {
    Gate *gate = &scan->gate;
    size_t start = gate->length, length = text->length;
    unsigned flags = 0, codes = gate_add(vocabulary, gate, text);
    if (codes == NONE) return 0;
    if (codes & ODD && text->kind == 1 && !gate_takes_off(vocabulary, gate, text)) {
        gate_accept(gate, start);
    } else if (codes & ODD) {
        gate_withdraw(gate, start);
        flags = show(vocabulary, scan, text, number);
        length = scan->shown_length;
        if (flags == NONE || !gate_add_folded(vocabulary, gate, scan->scratch.folded, length)) return 0;
    }
    scan->placed[number] = (Placed){(uint32_t)(gate->length - 1 - length), (flags & SPECIAL) != 0, flags & LIGATURE ? FOR_ALL : 0};
    return 1;
}

/* The texts as long as the gate has room, from `first` on; returns how many, 0 where memory ran out. */
static size_t fill(const Vocabulary *vocabulary, Scan *scan, const Text *texts, size_t count) {
    Gate *gate = &scan->gate;
    size_t i = 0;
    gate_clear(gate);
    scan->shown = 0;
    if (!grow((void **)&scan->placed, &scan->placed_room, count, sizeof(Placed))) return 0;
    for (;;) {
        i += gate_add_plain(vocabulary, gate, texts + i, count - i, scan->placed + i);
        if (i == count || gate->length >= FULL) break;
        if (!fill_one(vocabulary, scan, &texts[i], i)) return 0;
        i++;
    }
    return scan->placed_count = i;
}

typedef struct {
    const Vocabulary *vocabulary; Scan *scan; const Text *texts; size_t text;
    uint32_t from, to; /* the chunk last looked at: its words may all ask for it */
} Looking;

/* The text in which a place of the gate lies. Places come in order. */
static Placed *placed_at(Looking *looking, uint32_t place) {
    Scan *scan = looking->scan;
    while (looking->text + 1 < scan->placed_count && scan->placed[looking->text + 1].start <= place) looking->text++;
    return &scan->placed[looking->text];
}

/* What was folded between two places of the gate, or NULL where memory ran out. */
static const uint8_t *seen_at(Looking *looking, const Placed *placed, uint32_t start, uint32_t end) {
    Scan *scan = looking->scan;
    const Text *text = &looking->texts[looking->text];
    uint32_t at = start - placed->start;
    if (placed->moved) {
        if (scan->shown != looking->text + 1 && show(looking->vocabulary, scan, text, looking->text) == NONE) return NULL;
        return scan->scratch.folded + at;
    }
    Text part = {(const uint8_t *)text->data + (size_t)at * (size_t)text->kind, end - start, text->kind};
    if (!make_room(&scan->scratch, part.length)) return NULL;
    uint8_t *folded = scan->scratch.folded;
    if (fold_text(&looking->vocabulary->fold, &part, folded) & SPECIAL)
        for (size_t i = 0; i < part.length; i++) folded[i] = folded[i] == '~' ? '^' : folded[i];
    scan->shown = 0;
    return folded;
}

/* The first word of the gate that begins at that place or after. */
static size_t word_from(const Gate *gate, uint32_t place) {
    size_t first = 0;
    for (size_t count = gate->bound_count / 2, half; count; count -= half) {
        half = count - count / 2;
        first += half * (gate->bounds[2 * (first + half - 1)] < place); /* without a branch, for none is more likely */
    }
    return first;
}

/* Whether the chunk around that place holds something; 0 where memory ran out. */
static int look_at_chunk(Looking *looking, uint32_t place) {
    Scan *scan = looking->scan;
    Gate *gate = &scan->gate;
    if (place >= looking->from && place < looking->to) return 1;
    Span around = gate_chunk(gate, place);
    uint32_t start = around.start, end = around.end;
    looking->from = start, looking->to = end;
    Placed *placed = placed_at(looking, start);
    const uint8_t *chunk = seen_at(looking, placed, start, end);
    if (!chunk) return 0;
    if (!matters(looking->vocabulary, scan, chunk, end - start)) return 1;
    for (size_t k = word_from(gate, start); k < gate->bound_count / 2 && gate->bounds[2 * k] < end; k++)
        gate->flags[k] |= IN_OPEN_CHUNK;
    placed->open |= FOR_CHUNKS;
    return 1;
}

/* Keeps what was found in the word there, so that a text of nothing else need not be read for it. */
static void keep(Scan *scan, uint32_t start) {
    const Hits *hits = &scan->scratch.hits;
    for (size_t i = 0; i < hits->count; i++) {
        const Hit *hit = &hits->items[i];
        add_hit(&scan->kept, start + hit->start, start + hit->end, hit->term, (Disguise)hit->disguise);
    }
}

static int look_at_words(const Vocabulary *vocabulary, Scan *scan, const Text *texts) {
    Gate *gate = &scan->gate;
    Looking looking = {vocabulary, scan, texts, 0, 0, 0};
    scan->kept.count = 0;
    for (size_t i = 0; i < gate->suspect_count; i++) {
        const uint32_t *bounds = gate->bounds + 2 * (size_t)gate->suspects[i];
        uint32_t start = bounds[0], end = bounds[1];
        if (start < scan->placed[looking.text].start) looking.text = 0;
        Placed *placed = placed_at(&looking, start);
        const uint8_t *word = seen_at(&looking, placed, start, end);
        if (!word) return 0;
        if (matters(vocabulary, scan, word, end - start)) {
            gate->flags[gate->suspects[i]] |= MAY_HIT;
            placed->open |= FOR_WORDS;
            keep(scan, start);
        }
        if (gate_fronts(gate, start) && !look_at_chunk(&looking, start)) return 0;
    }
    sort_hits(&scan->kept); /* words that may be two were looked at after all others */
    return 1;
}

static int look_at_chunks(const Vocabulary *vocabulary, Scan *scan, const Text *texts) {
    Gate *gate = &scan->gate;
    Looking looking = {vocabulary, scan, texts, 0, 0, 0};
    uint32_t done = 0;
    for (size_t i = 0; i < gate->odd_count; i++) {
        if (gate->odd[i] < done) continue;
        Span chunk = gate_chunk(gate, gate->odd[i]);
        done = chunk.end;
        if (chunk_opens(vocabulary, gate->codes + chunk.start, chunk.end - chunk.start) && !look_at_chunk(&looking, chunk.start))
            return 0;
    }
    return 1;
}

typedef int (*Opens)(const Vocabulary *vocabulary, const Gate *gate, size_t word);

/* Words that say by their codes alone what they may be, and why their text is to be read: hardly any does. */
static void look_at(const Vocabulary *vocabulary, Scan *scan, const uint32_t *words, size_t count, Opens open, unsigned may, unsigned why) {
    Looking looking = {vocabulary, scan, NULL, 0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        if (!open(vocabulary, &scan->gate, words[i])) continue;
        scan->gate.flags[words[i]] |= (uint8_t)may;
        placed_at(&looking, scan->gate.bounds[2 * (size_t)words[i]])->open |= (uint8_t)why;
    }
}

/* What stands in a text that holds nothing but words by themselves, which were kept, from the `next` one on; returns the
   one after them. Those of texts that are read whole are passed over. */
static size_t take_kept(const Vocabulary *vocabulary, Scan *scan, const Text *text, size_t number, size_t next) {
    Scratch *scratch = &scan->scratch;
    const Hit *kept = scan->kept.items;
    uint32_t start = scan->placed[number].start, end = start + (uint32_t)text->length;
    scratch->hits.count = 0;
    while (next < scan->kept.count && kept[next].start < start) next++;
    for (; next < scan->kept.count && kept[next].start < end; next++)
        add_hit(&scratch->hits, kept[next].start - start, kept[next].end - start, kept[next].term, (Disguise)kept[next].disguise);
    settle_hits(vocabulary, scratch);
    return next;
}

/* Reads a text; what stands in it is in scratch->standing, in places of the text. */
static int read_text(const Vocabulary *vocabulary, Scan *scan, const Text *text, size_t number) {
    Scratch *scratch = &scan->scratch;
    const Placed *placed = &scan->placed[number];
    Gate *gate = &scan->gate;
    if (scan->shown != number + 1 && show(vocabulary, scan, text, number) == NONE) return 0;
    size_t first = word_from(gate, placed->start), words = word_from(gate, placed->start + (uint32_t)scan->shown_length) - first;
    if (placed->open == FOR_ALL) memset(gate->flags + first, MAY_BE_ALL, words);
    Passage passage = {scratch->folded, scan->shown_length, gate->bounds + 2 * first, placed->start, gate->flags + first, words,
                       placed->open};
    read_passage(vocabulary, scratch, &passage);
    for (size_t i = 0; placed->moved && i < scratch->standing.count; i++) {
        Hit *hit = &scratch->standing.items[i];
        uint32_t first = NONE, last = 0;
        for (uint32_t at = hit->start; at < hit->end; at++) {
            uint32_t place = scratch->places[at];
            first = place < first ? place : first;
            last = place > last ? place : last;
        }
        hit->start = first;
        size_t escape = escaped(&vocabulary->fold, text, last);
        hit->end = last + (escape ? (uint32_t)escape : 1);
    }
    return 1;
}

int scan_texts(const Vocabulary *vocabulary, Scan *scan, const Text *texts, size_t count, Teller tell, void *context) {
    for (size_t first = 0, taken; first < count; first += taken) {
        taken = fill(vocabulary, scan, texts + first, count - first);
        if (!taken || !gate_sift(vocabulary, &scan->gate)) return 0;
        const Gate *gate = &scan->gate;
        look_at(vocabulary, scan, gate->lone, gate->lone_count, lone_opens, 0, FOR_LETTERS);
        look_at(vocabulary, scan, gate->openings, gate->opening_count, opening_opens, MAY_OPEN, FOR_PIECES);
        look_at(vocabulary, scan, gate->anchors, gate->anchor_count, anchor_opens, MAY_ANCHOR, FOR_PHRASES);
        if (!look_at_words(vocabulary, scan, texts + first) || !look_at_chunks(vocabulary, scan, texts + first)) return 0;
        for (size_t i = 0, next = 0; i < taken; i++) {
            const Placed *placed = &scan->placed[i];
            if (!placed->open) continue;
            if (placed->open == FOR_WORDS && !placed->moved) next = take_kept(vocabulary, scan, &texts[first + i], i, next);
            else if (!read_text(vocabulary, scan, &texts[first + i], i)) return 0;
            const Hits *standing = &scan->scratch.standing;
            if (standing->count && !tell(context, first + i, standing->items, standing->count)) return 0;
        }
    }
    return !scan->scratch.hits.failed && !scan->scratch.standing.failed && !scan->kept.failed;
}

void scan_free(Scan *scan) {
    gate_free(&scan->gate);
    scratch_free(&scan->scratch);
    free(scan->kept.items);
    free(scan->refusals.held);
    free(scan->placed);
}
