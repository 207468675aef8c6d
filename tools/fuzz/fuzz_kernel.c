/* Throws bytes at the kernel for libFuzzer, which looks for those that reach code not reached before; see docs/kernel.md.
   Made to be built for AddressSanitizer and UndefinedBehaviorSanitizer: each text is a block of exactly its size.

   An input is several texts in UTF-8, read leniently: what is no UTF-8 stands for itself, surrogates are let through.
   Four bytes that UTF-8 has no use for say more: FD, FE and FF begin a text, kept in at least 1, 2 and 4 bytes a
   character; FC repeats what stands in the text so far. An input that begins with FB brings terms of its own, up to the
   first text, to be sought instead of those of the file: each a byte of flags, its words and the end of the line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/veilleuse/reading/_kernel/kernel.h"

enum { MOST_TEXTS = 128, LONGEST_TEXT = 1 << 15, MOST_TERMS = 16, MOST_WORDS = 255 };
enum { OWN = 0xfb, REPEATS = 0xfc, BEGINS = 0xfd };

static void must(int holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "fuzz_kernel: %s\n", what);
    abort();
}

/* The file that export_vocabulary.py writes, and how far it is read. */
typedef struct { uint8_t *bytes; size_t length, read; } File;

static File file_at(const char *path) {
    File file = {0};
    FILE *stream = path ? fopen(path, "rb") : NULL;
    must(stream != NULL, "VOCABULARY names no file that can be read");
    must(!fseek(stream, 0, SEEK_END), "the vocabulary cannot be measured");
    file.length = (size_t)ftell(stream);
    rewind(stream);
    file.bytes = malloc(file.length);
    must(file.bytes && fread(file.bytes, 1, file.length, stream) == file.length, "the vocabulary cannot be read");
    fclose(stream);
    return file;
}

static const uint8_t *next_bytes(File *file, size_t count) {
    must(count <= file->length - file->read, "the vocabulary ends early");
    file->read += count;
    return file->bytes + file->read - count;
}

static uint8_t next_byte(File *file) { return *next_bytes(file, 1); }

static uint32_t next_number(File *file) {
    const uint8_t *bytes = next_bytes(file, 4);
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Copies a short run of bytes where module.c would; returns its length. */
static uint8_t next_short(File *file, uint8_t *to, size_t room) {
    uint8_t length = next_byte(file);
    must(length <= room, "a run of bytes too long in the vocabulary");
    memcpy(to, next_bytes(file, length), length);
    return length;
}

static void take_fold(Fold *fold, File *file) {
    fold->length = next_number(file);
    fold->pages = next_bytes(file, fold->length);
    memcpy(fold->kinds, next_bytes(file, 256), 256);
    memcpy(fold->merged, next_bytes(file, 256), 256);
    for (uint32_t point = 0; point < 256; point++) fold->first[point] = fold_point(fold, point);
    for (uint32_t left = next_number(file); left; left--) {
        uint8_t code = next_byte(file);
        fold->others[code] = next_byte(file);
        next_short(file, fold->ligatures[code], 3);
    }
}

static void take_respellings(Vocabulary *vocabulary, File *file) {
    vocabulary->respelling_count = next_number(file);
    must(vocabulary->respelling_count <= 64, "too many respellings");
    for (size_t i = 0; i < vocabulary->respelling_count; i++) {
        Respelling *respelling = &vocabulary->respellings[i];
        respelling->from_length = next_short(file, respelling->from, 4);
        respelling->to_length = next_short(file, respelling->to, 2);
        respelling->together = next_byte(file);
    }
}

static void take_term(Vocabulary *vocabulary, File *file, uint32_t number) {
    const uint8_t *words[MOST_WORDS];
    size_t lengths[MOST_WORDS];
    uint32_t concept = next_number(file);
    const uint8_t *flags = next_bytes(file, 5);
    vocabulary->terms[number] = (Term){(uint16_t)concept, flags[0], flags[1], flags[2], flags[3], flags[4]};
    size_t count = next_byte(file);
    for (size_t i = 0; i < count; i++) {
        lengths[i] = next_byte(file);
        words[i] = next_bytes(file, lengths[i]);
    }
    must(vocabulary_add(vocabulary, number, words, lengths, count), "no memory for a term");
}

/* What module.c makes of what `make_kernel` tells it. */
static void take_all(Vocabulary *vocabulary, File *file) {
    uint32_t filter = next_number(file);
    vocabulary->ordinary.bits = next_bytes(file, filter);
    vocabulary->ordinary.size = (uint64_t)filter * 8;
    take_fold(&vocabulary->fold, file);
    take_respellings(vocabulary, file);
    vocabulary->off = next_number(file);
    vocabulary->term_count = next_number(file);
    vocabulary->terms = calloc(vocabulary->term_count + 1, sizeof(Term));
    must(vocabulary->terms != NULL, "no memory for the terms");
    vocabulary_prepare(vocabulary, 0);
    for (uint32_t i = 0; i < vocabulary->term_count; i++) take_term(vocabulary, file, i);
    must(vocabulary_close(vocabulary), "no memory for the gate");
    must(file->read == file->length, "the vocabulary ends late");
}

static const Vocabulary *vocabulary(void) {
    static Vocabulary told; /* and the file under it, for as long as the run lasts */
    if (!told.terms) {
        static File file;
        file = file_at(getenv("VOCABULARY"));
        take_all(&told, &file);
    }
    return &told;
}

/* A term of the input: what it holds but letters and digits parts its words. As long as module.c lets words be. */
static void take_own_term(Vocabulary *own, const uint8_t *data, size_t length) {
    const Fold *fold = &own->fold;
    uint8_t folded[1 << 12];
    const uint8_t *words[MOST_WORDS];
    size_t lengths[MOST_WORDS], count = 0;
    if (!length || length > sizeof folded) return;
    for (size_t i = 1; i < length && count < MOST_WORDS; i++) {
        size_t start = i;
        for (; i < length && fold->kinds[fold->first[data[i]]] & (LETTER | DIGIT); i++) folded[i] = fold->first[data[i]];
        if (i == start || i - start >= LONGEST_WORD - 1) continue;
        words[count] = folded + start;
        lengths[count++] = i - start;
    }
    unsigned flags = data[0], number = (unsigned)own->term_count++;
    own->terms[number] = (Term){(uint16_t)(flags >> 4), flags & 1, count > 1, flags >> 1 & 1, flags >> 2 & 1, flags >> 3 & 1};
    must(vocabulary_add(own, number, words, lengths, count), "no memory for a term");
}

static size_t line_of(const uint8_t *data, size_t length) {
    size_t end = 0;
    while (end < length && data[end] != '\n' && data[end] < BEGINS) end++;
    return end;
}

/* Reads the terms of the input; returns how many bytes they took. */
static size_t take_own(Vocabulary *own, const Vocabulary *known, const uint8_t *data, size_t length) {
    size_t i = 0;
    own->fold = known->fold;
    own->ordinary = known->ordinary;
    own->respelling_count = known->respelling_count;
    memcpy(own->respellings, known->respellings, sizeof own->respellings);
    own->terms = calloc(MOST_TERMS, sizeof(Term));
    must(own->terms != NULL, "no memory for the terms");
    vocabulary_prepare(own, length & 1); /* by turns as older processors read */
    while (i < length && data[i] < BEGINS) {
        size_t size = line_of(data + i, length - i);
        if (own->term_count < MOST_TERMS) take_own_term(own, data + i, size);
        i += size + (i + size < length && data[i + size] == '\n');
    }
    must(vocabulary_close(own), "no memory for the gate");
    return i;
}

/* A code point of the input, and how many of its bytes it takes. */
typedef struct { uint32_t point; size_t size; } Point;

static Point point_at(const uint8_t *data, size_t length) {
    uint8_t lead = data[0];
    size_t size = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 1;
    uint32_t point = size == 1 ? lead : lead & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if (i >= length || data[i] >> 6 != 2) return (Point){lead, 1};
        point = point << 6 | (data[i] & 63u);
    }
    return point < 0x110000 ? (Point){point, size} : (Point){lead, 1};
}

/* Reads one text, up to the next that begins; returns how many bytes it took. */
static size_t decode(const uint8_t *data, size_t length, uint32_t *points, size_t *count) {
    size_t i = 0, found = 0;
    while (i < length && data[i] < BEGINS) {
        Point next = point_at(data + i, length - i);
        i += next.size;
        if (next.point == REPEATS && next.size == 1) {
            if (found > LONGEST_TEXT / 2) continue;
            memcpy(points + found, points, found * sizeof *points);
            found *= 2;
        } else if (found < LONGEST_TEXT) {
            points[found++] = next.point;
        }
    }
    *count = found;
    return i;
}

static Text text_of(const uint32_t *points, size_t count, int least) {
    uint32_t highest = 0;
    for (size_t i = 0; i < count; i++) highest = points[i] > highest ? points[i] : highest;
    int wanted = highest > 0xffff ? 4 : highest > 0xff ? 2 : 1, kind = wanted > least ? wanted : least;
    void *held = malloc(count * (size_t)kind);
    must(held != NULL, "no memory for a text");
    for (size_t i = 0; i < count; i++) {
        if (kind == 1) ((uint8_t *)held)[i] = (uint8_t)points[i];
        else if (kind == 2) ((uint16_t *)held)[i] = (uint16_t)points[i];
        else ((uint32_t *)held)[i] = points[i];
    }
    return (Text){held, count, kind};
}

/* Hits in all texts, and what they are checked against. */
typedef struct { const Text *texts; const Vocabulary *vocabulary; Hits hits[MOST_TEXTS]; size_t text; } Told;

static int tell(void *context, size_t text, const Hit *hits, size_t count) {
    Told *told = context;
    text += told->text;
    for (size_t i = 0; i < count; i++) {
        must(hits[i].start < hits[i].end, "a hit of no length");
        must(hits[i].end <= told->texts[text].length, "a hit beyond its text");
        must(hits[i].term < told->vocabulary->term_count, "a hit of no term");
        must(hits[i].disguise <= REVERSED, "a hit in no disguise");
        add_hit(&told->hits[text], hits[i].start, hits[i].end, hits[i].term, (Disguise)hits[i].disguise);
    }
    return 1;
}

static void must_equal(const Hits *one, const Hits *other) {
    must(one->count == other->count, "other hits for a text alone");
    for (size_t i = 0; i < one->count; i++) {
        const Hit *a = &one->items[i], *b = &other->items[i];
        must(a->start == b->start && a->end == b->end && a->term == b->term && a->disguise == b->disguise,
             "another hit for a text alone");
    }
}

/* Reads the texts at once, then one by one: nothing of one text may be seen in another. */
static void read_both_ways(const Vocabulary *known, const Text *texts, size_t count) {
    Told *together = calloc(2, sizeof(Told)), *alone = together + 1;
    must(together != NULL, "no memory for what is told");
    together->texts = alone->texts = texts;
    together->vocabulary = alone->vocabulary = known;
    Scan scan = {0};
    must(scan_texts(known, &scan, texts, count, tell, together), "the scan failed");
    scan_free(&scan);
    for (alone->text = 0; alone->text < count; alone->text++) {
        Scan fresh = {0};
        must(scan_texts(known, &fresh, texts + alone->text, 1, tell, alone), "the scan of a text alone failed");
        scan_free(&fresh);
        must_equal(&together->hits[alone->text], &alone->hits[alone->text]);
        free(together->hits[alone->text].items);
        free(alone->hits[alone->text].items);
    }
    free(together);
}

static void read_texts(const Vocabulary *known, const uint8_t *data, size_t length) {
    static uint32_t points[LONGEST_TEXT];
    Text texts[MOST_TEXTS];
    size_t count = 0, total = 0;
    for (size_t i = 0; i < length && count < MOST_TEXTS && total <= LONGEST_TEXT;) {
        int least = data[i] >= BEGINS ? 1 << (data[i] - BEGINS) : 1;
        size_t size;
        i += data[i] >= BEGINS;
        i += decode(data + i, length - i, points, &size);
        texts[count++] = text_of(points, size, least);
        total += size;
    }
    read_both_ways(known, texts, count);
    for (size_t i = 0; i < count; i++) free((void *)texts[i].data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length) {
    const Vocabulary *known = vocabulary();
    if (!length || data[0] != OWN) {
        read_texts(known, data, length);
        return 0;
    }
    Vocabulary *own = calloc(1, sizeof(Vocabulary));
    must(own != NULL, "no memory for a vocabulary");
    size_t taken = 1 + take_own(own, known, data + 1, length - 1);
    read_texts(own, data + taken, length - taken);
    vocabulary_free(own);
    free(own);
    return 0;
}
