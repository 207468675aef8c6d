#include "kernel.h"

#include <string.h>

enum { PAGE = 256, PAGES_AT = 0x110000 / PAGE };

static inline uint8_t point_of(const uint8_t *pages, uint32_t point) {
    return pages[PAGES_AT + pages[point / PAGE] * PAGE + point % PAGE];
}

uint8_t fold_point(const Fold *fold, uint32_t point) { return point_of(fold->pages, point); }

unsigned fold_text(const Fold *fold, const Text *text, uint8_t *folded) {
    const uint8_t *pages = fold->pages;
    size_t length = text->length;
    unsigned flags = 0;
    if (text->kind == 1) {
        const uint8_t *data = text->data;
        for (size_t i = 0; i < length; i++) flags |= fold->kinds[folded[i] = fold->first[data[i]]];
    } else if (text->kind == 2) {
        const uint16_t *data = text->data;
        for (size_t i = 0; i < length; i++) flags |= fold->kinds[folded[i] = point_of(pages, data[i])];
    } else {
        const uint32_t *data = text->data;
        for (size_t i = 0; i < length; i++) flags |= fold->kinds[folded[i] = point_of(pages, data[i])];
    }
    return flags;
}

/* The lower-case letter of a percent-escape, 0 where it escapes none. */
static uint8_t unescaped(uint8_t high, uint8_t low) {
    if (high < '4' || high > '7') return 0;
    int value = low >= '0' && low <= '9' ? low - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    int letter = (high % 2 ? 16 : 0) + value;
    return value < 0 || letter < 1 || letter > 26 ? 0 : (uint8_t)('a' + letter - 1);
}

int takes_off(const Fold *fold, const uint8_t *bytes, size_t length, size_t place) {
    uint8_t folded = fold->first[bytes[place]];
    if (folded == HIDDEN || folded == MARK || fold->kinds[folded] & LIGATURE) return 1;
    if (place + 1 < length && fold->first[bytes[place + 1]] == folded) return 1;
    return folded == '%' && place + 2 < length && unescaped(fold->first[bytes[place + 1]], fold->first[bytes[place + 2]]);
}

size_t escaped(const Fold *fold, const Text *text, size_t place) {
    uint8_t folded[3];
    if (place + sizeof folded > text->length) return 0;
    Text part = {(const uint8_t *)text->data + place * (size_t)text->kind, sizeof folded, text->kind};
    fold_text(fold, &part, folded);
    return folded[0] == '%' && unescaped(folded[1], folded[2]) ? sizeof folded : 0;
}

static void read_escapes(uint8_t *folded, size_t length) {
    for (size_t i = 0; i + 2 < length; i++) {
        uint8_t letter = folded[i] == '%' ? unescaped(folded[i + 1], folded[i + 2]) : 0;
        if (letter) {
            folded[i] = letter;
            folded[i + 1] = folded[i + 2] = HIDDEN;
            i += 2;
        }
    }
}

/* Two delimiters in one sentence, not both in the middle of words, are markdown. */
static void take_off_pairs(const Fold *fold, uint8_t *folded, size_t length, uint8_t delimiter) {
    size_t opening = NONE;
    for (size_t i = 0; i < length; i++) {
        if (folded[i] == BREAK) opening = NONE;
        if (folded[i] != delimiter || i + 1 >= length || folded[i + 1] != delimiter) continue;
        if (opening == NONE) {
            opening = i;
        } else if (opening > 0 && fold->kinds[folded[opening - 1]] & (LETTER | DIGIT) && i + 2 < length &&
                   fold->kinds[folded[i + 2]] & (LETTER | DIGIT)) {
            opening = i;
        } else {
            folded[opening] = folded[opening + 1] = folded[i] = folded[i + 1] = HIDDEN;
            opening = NONE;
        }
        i++;
    }
}

static uint32_t point_at(const Text *text, size_t place) {
    if (text->kind == 1) return ((const uint8_t *)text->data)[place];
    return text->kind == 2 ? ((const uint16_t *)text->data)[place] : ((const uint32_t *)text->data)[place];
}

void turn_over(const Text *text, uint8_t *folded, uint32_t *places) {
    enum { OVERRIDE = 0x202e, POP = 0x202c, POP_ISOLATE = 0x2069 };
    for (size_t i = 0; i < text->length; i++) places[i] = (uint32_t)i;
    if (text->kind == 1) return;
    for (const uint8_t *hidden = folded; (hidden = memchr(hidden, HIDDEN, text->length - (size_t)(hidden - folded))); hidden++) {
        size_t i = (size_t)(hidden - folded);
        if (point_at(text, i) != OVERRIDE) continue;
        size_t end = i + 1;
        for (; end < text->length; end++) {
            uint32_t point = point_at(text, end);
            if (point == POP || point == POP_ISOLATE || point == '\n') break;
        }
        for (size_t low = i + 1, high = end; low + 1 < high; low++) {
            uint8_t byte = folded[low];
            uint32_t place = places[low];
            folded[low] = folded[--high];
            places[low] = places[high];
            folded[high] = byte;
            places[high] = place;
        }
        hidden = folded + end - 1;
    }
}

/* Where the next byte stands that is left out, or the end. */
static size_t ignored_from(const uint8_t *folded, size_t from, size_t length) {
    const uint64_t lowest = 0x0101010101010101;
    uint64_t even;
    for (; from + sizeof even <= length; from += sizeof even) {
        memcpy(&even, folded + from, sizeof even);
        even &= ~lowest; /* hidden and mark are one and nothing */
        if ((even - lowest) & ~even & lowest << 7) break;
    }
    while (from < length && folded[from] > MARK) from++;
    return from;
}

size_t fold_visible(const Fold *fold, uint8_t *folded, size_t length, uint32_t *places) {
    static const uint8_t delimiters[] = {'*', '|', '~', '_'};
    if (memchr(folded, '%', length)) read_escapes(folded, length);
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (memchr(folded, delimiters[i], length)) take_off_pairs(fold, folded, length, delimiters[i]);
    for (size_t i = 0; i < length; i++) folded[i] = folded[i] == '~' ? '^' : folded[i];
    size_t seen = 0;
    for (size_t i = 0, next; i < length; i = next + 1) {
        next = ignored_from(folded, i, length);
        if (seen < i) {
            memmove(folded + seen, folded + i, next - i);
            memmove(places + seen, places + i, (next - i) * sizeof *places);
        }
        seen += next - i;
    }
    return seen;
}
