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

/* A percent-escape: how many characters it has, none where it is none; and what the one it stands for folds to. */
typedef struct { size_t length; uint8_t folded; } Escape;
enum { ESCAPED_BYTE = 3, MOST_BYTES = 4, LONGEST_ESCAPE = ESCAPED_BYTE * MOST_BYTES };

static int digit_of(uint8_t byte) {
    return byte >= '0' && byte <= '9' ? byte - '0' : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The byte escaped there, or -1. */
static int byte_of(const uint8_t *folded, size_t length) {
    if (length < ESCAPED_BYTE || folded[0] != '%') return -1;
    int high = digit_of(folded[1]), low = digit_of(folded[2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* The character that UTF-8 writes with bytes escaped there, and how many they are: none where it is not so written. */
static size_t unescaped(const uint8_t *folded, size_t length, uint32_t *point) {
    static const uint32_t least[MOST_BYTES] = {0, 0x80, 0x800, 0x10000};
    int byte = byte_of(folded, length);
    size_t more = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte < 0 || (byte >= 0x80 && byte < 0xc0) || byte >= 0xf8 || length < ESCAPED_BYTE * (more + 1)) return 0;
    *point = more ? (uint32_t)byte & 0x3fu >> more : (uint32_t)byte;
    for (size_t i = 1; i <= more; i++) {
        byte = byte_of(folded + ESCAPED_BYTE * i, ESCAPED_BYTE);
        if (byte < 0x80 || byte >= 0xc0) return 0;
        *point = *point << 6 | ((uint32_t)byte & 0x3f);
    }
    return *point < least[more] || *point > 0x10ffff || (*point >= 0xd800 && *point < 0xe000) ? 0 : more + 1;
}

static Escape escape_at(const Fold *fold, const uint8_t *folded, size_t length) {
    uint32_t point = 0;
    size_t bytes = unescaped(folded, length, &point);
    return (Escape){ESCAPED_BYTE * bytes, bytes ? fold_point(fold, point) : 0};
}

int takes_off(const Fold *fold, const uint8_t *bytes, size_t length, size_t place) {
    uint8_t folded = fold->first[bytes[place]];
    if (folded == HIDDEN || folded == MARK || fold->kinds[folded] & LIGATURE) return 1;
    if (place + 1 < length && fold->first[bytes[place + 1]] == folded) return 1;
    if (folded != '%') return 0;
    Text text = {bytes, length, 1};
    return escaped(fold, &text, place) > 0;
}

size_t escaped(const Fold *fold, const Text *text, size_t place) {
    uint8_t folded[LONGEST_ESCAPE];
    size_t length = text->length - place < LONGEST_ESCAPE ? text->length - place : LONGEST_ESCAPE;
    Text part = {(const uint8_t *)text->data + place * (size_t)text->kind, length, text->kind};
    fold_text(fold, &part, folded);
    return escape_at(fold, folded, length).length;
}

/* Returns the flags of what was read. */
static unsigned read_escapes(const Fold *fold, uint8_t *folded, size_t length) {
    unsigned flags = 0;
    for (size_t i = 0; i < length;) {
        Escape escape = folded[i] == '%' ? escape_at(fold, folded + i, length - i) : (Escape){0, 0};
        if (escape.length) {
            memset(folded + i, HIDDEN, escape.length);
            folded[i] = escape.folded;
            flags |= fold->kinds[escape.folded];
        }
        i += escape.length ? escape.length : 1;
    }
    return flags;
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

size_t fold_visible(const Fold *fold, uint8_t *folded, size_t length, uint32_t *places, unsigned *flags) {
    static const uint8_t delimiters[] = {'*', '|', '~', '_'};
    if (memchr(folded, '%', length)) *flags |= read_escapes(fold, folded, length);
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
