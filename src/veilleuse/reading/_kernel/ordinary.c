#include "codes.h"

#include <string.h>

enum { PROBES = 8, SHORT = 3, FREQUENT = '=', SEEN = '~' };

static uint32_t stepped(const Ordinary *ordinary, uint32_t crc, uint8_t byte) {
    return ordinary->crc[(crc ^ byte) & 255] ^ crc >> 8;
}

void ordinary_prepare(Ordinary *ordinary) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
        ordinary->crc[byte] = crc;
    }
    /* Checksums are linear: what a first byte changes in them depends on how many follow. */
    uint32_t marked = 0xffffffffu ^ stepped(ordinary, 0xffffffffu, SEEN);
    for (size_t length = 0; length <= LONGEST_WORD; length++) {
        ordinary->seen[length] = marked;
        marked = stepped(ordinary, marked, 0);
    }
}

static int holds(const Ordinary *ordinary, uint64_t probe) {
    uint64_t bit = probe & (ordinary->size - 1);
    return ordinary->bits[bit >> 3] >> (bit & 7) & 1;
}

/* Goes on from the checksum of a word, and of the mark behind it where there is one. */
static int go_on(const Ordinary *ordinary, uint32_t forth, uint8_t mark, const uint8_t *word, size_t length) {
    uint32_t back = 0xffffffffu;
    uint64_t probe = forth ^ 0xffffffffu;
    if (!holds(ordinary, probe)) return 0;
    if (mark) back = stepped(ordinary, back, mark);
    while (length-- > 0) back = stepped(ordinary, back, word[length]);
    uint64_t step = (back ^ 0xffffffffu) | 1;
    for (int i = 1; i < PROBES; i++)
        if (!holds(ordinary, probe += step)) return 0;
    return 1;
}

static int asked(const Ordinary *ordinary, const uint8_t *word, size_t length, int seen) {
    uint32_t forth = 0xffffffffu;
    uint8_t all = 0;
    for (size_t i = 0; i < length; i++) {
        all |= word[i];
        forth = stepped(ordinary, forth, word[i]);
    }
    /* Ligatures stand opened in ordinary words; and of other words, most fail at the first probe. */
    return all < 128 && (go_on(ordinary, forth, 0, word, length) || (seen && go_on(ordinary, stepped(ordinary, forth, SEEN), SEEN, word, length)));
}

int is_ordinary(const Ordinary *ordinary, const uint8_t *word, size_t length) { return asked(ordinary, word, length, 0); }

int is_seen(const Ordinary *ordinary, const uint8_t *word, size_t length) { return asked(ordinary, word, length, 1); }

int is_frequent(const Ordinary *ordinary, const uint8_t *word, size_t length) {
    uint8_t marked[LONGEST_WORD + 1];
    if (length > LONGEST_WORD) return 0;
    marked[0] = FREQUENT;
    memcpy(marked + 1, word, length);
    return is_ordinary(ordinary, marked, length + 1);
}

int is_whole(const Ordinary *ordinary, const uint8_t *word, size_t length) {
    return length > SHORT ? is_ordinary(ordinary, word, length) : is_frequent(ordinary, word, length);
}

Question question_of(const Ordinary *ordinary, const uint8_t *word, size_t length) {
    uint32_t forth = 0xffffffffu, back = 0xffffffffu;
    for (size_t i = 0; i < length; i++) {
        forth = stepped(ordinary, forth, word[i]);
        back = stepped(ordinary, back, word[length - 1 - i]);
    }
    return (Question){~forth, ~back, ~stepped(ordinary, forth, SEEN), ~(back ^ ordinary->seen[length])};
}

Question question_of_whole(const Ordinary *ordinary, const uint8_t *word, size_t length) {
    uint8_t marked[SHORT + 1] = {FREQUENT};
    if (length > SHORT) return question_of(ordinary, word, length);
    memcpy(marked + 1, word, length);
    return question_of(ordinary, marked, length + 1);
}

/* Half of all words fail at a probe: few need more than two. */
static void fetch(const Ordinary *ordinary, uint64_t forth, uint32_t back) {
    SOON(ordinary->bits + ((forth & (ordinary->size - 1)) >> 3));
    SOON(ordinary->bits + (((forth + (back | 1)) & (ordinary->size - 1)) >> 3));
}

static int holds_all(const Ordinary *ordinary, uint64_t probe, uint32_t back) {
    uint64_t step = back | 1;
    if (!(holds(ordinary, probe) & holds(ordinary, probe + step))) return 0;
    for (int i = 2; i < PROBES; i++)
        if (!holds(ordinary, probe + (uint64_t)i * step)) return 0;
    return 1;
}

void ask_ahead(const Ordinary *ordinary, const Question *question, int seen) {
    fetch(ordinary, question->forth, question->back);
    if (seen) fetch(ordinary, question->seen_forth, question->seen_back);
}

int says_yes(const Ordinary *ordinary, const Question *question, int seen) {
    return holds_all(ordinary, question->forth, question->back) ||
           (seen && holds_all(ordinary, question->seen_forth, question->seen_back));
}
