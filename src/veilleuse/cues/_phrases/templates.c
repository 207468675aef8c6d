/* Templates taken in: their words numbered, the pairs of words that begin them, the bits by which most texts are left. */
#include "templates.h"

static void set(Phrases *self, Mark mark) { self->begin[mark.block] |= mark.bits; }

static int add_words(Phrases *self, PyObject *words) {
    Py_ssize_t count = PyList_GET_SIZE(words);
    uint32_t room = 16, at = 0, letters = 0;
    while (room < 2 * (uint32_t)count) room *= 2;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *word = PyList_GET_ITEM(words, i);
        if (!PyBytes_Check(word) || !PyBytes_GET_SIZE(word) || PyBytes_GET_SIZE(word) > LONGEST) {
            PyErr_SetString(PyExc_ValueError, "a word is some bytes");
            return 0;
        }
        letters += (uint32_t)PyBytes_GET_SIZE(word);
    }
    self->letters = PyMem_Calloc(letters + PIECE, 1);
    self->words = PyMem_Calloc(room, sizeof *self->words);
    self->mask = room - 1;
    if (!self->letters || !self->words) {
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        uint32_t length = (uint32_t)PyBytes_GET_SIZE(PyList_GET_ITEM(words, i));
        memcpy(self->letters + at, PyBytes_AS_STRING(PyList_GET_ITEM(words, i)), length);
        uint32_t hash = hash_of(self->letters + at, length), slot = hash & self->mask;
        while (self->words[slot].length) slot = (slot + 1) & self->mask;
        self->words[slot] = (Word){hash, length, at, (uint32_t)i + 1};
        at += length;
    }
    return 1;
}

/* The bits of the words with which a template may go on from that part, `MAY_END` where it need not. */
static uint64_t going_on(const Phrases *self, Span template, uint32_t from, const uint32_t *hashes) {
    uint64_t bits = 0;
    for (uint32_t i = from; i < template.count; i++) {
        const Part *part = &self->parts[template.start + i];
        for (uint32_t k = 0; k < part->phrases.count; k++)
            bits |= third_bit(hashes[self->numbers[self->phrases[part->phrases.start + k].start] - 1]);
        if (!part->optional) return bits;
    }
    return bits | MAY_END;
}

/* The bits of the words that may come third where the words so far, one or two, begin the template from that part. */
static uint64_t thirds_of(const Phrases *self, Span template, uint32_t from, const uint32_t *begun, uint32_t count, const uint32_t *hashes) {
    uint64_t bits = 0;
    for (uint32_t i = from; i < template.count; i++) {
        const Part *part = &self->parts[template.start + i];
        for (uint32_t k = 0; k < part->phrases.count; k++) {
            Span words = self->phrases[part->phrases.start + k];
            const uint32_t *said = self->numbers + words.start;
            uint32_t shared = 0;
            while (shared < count && shared < words.count && said[shared] == begun[shared]) shared++;
            if (shared < count && shared < words.count) continue;
            if (words.count > count) bits |= third_bit(hashes[said[count] - 1]);
            else if (words.count == count) bits |= going_on(self, template, i + 1, hashes);
            else bits |= thirds_of(self, template, i + 1, begun + shared, count - shared, hashes);
        }
        if (!part->optional) break;
    }
    return bits;
}

/* Pairs come as four numbers each: two words, and a span of the last pool. `hashes` are those of the words. */
static int add_pairs(Phrases *self, PyObject *pool, const uint32_t *hashes) {
    const uint32_t *given = (const uint32_t *)PyBytes_AS_STRING(pool);
    size_t count = (size_t)PyBytes_GET_SIZE(pool) / (4 * sizeof *given);
    uint32_t room = 16;
    while (room < 2 * count) room *= 2;
    self->pairs = PyMem_Calloc(room, sizeof *self->pairs);
    self->pair_mask = room - 1;
    if (!self->pairs) {
        PyErr_NoMemory();
        return 0;
    }
    for (; count--; given += 4) {
        uint32_t first = hashes[given[0] - 1], second = hashes[given[1] - 1];
        uint64_t both = (uint64_t)first << 32 | second;
        uint32_t slot = slot_of(both, self->pair_mask);
        for (; self->pairs[slot].templates.count; slot = (slot + 1) & self->pair_mask)
            if (self->pairs[slot].hashes == both) {
                PyErr_SetString(PyExc_ValueError, "two pairs of words share their hashes; change one of them");
                return 0;
            }
        uint64_t thirds = 0;
        for (uint32_t i = 0; i < given[3]; i++)
            thirds |= thirds_of(self, self->templates[self->firsts[given[2] + i]], 0, given, 2, hashes);
        self->pairs[slot] = (Pair){both, thirds, {given[2], given[3]}};
        set(self, mark_of(first, second));
    }
    return 1;
}

/* Sets the bits of what a template may begin with. */
static int add_beginnings(Phrases *self, PyObject *pairs) {
    uint32_t *hashes = PyMem_Malloc(((size_t)self->mask + 1) * sizeof *hashes);
    if (!hashes) {
        PyErr_NoMemory();
        return 0;
    }
    for (uint32_t slot = 0; slot <= self->mask; slot++) {
        const Word *word = &self->words[slot];
        if (!word->length) continue;
        hashes[word->number - 1] = word->hash;
        if (self->alone[word->number - 1].count) set(self, mark_of(0, word->hash));
    }
    int added = add_pairs(self, pairs, hashes);
    PyMem_Free(hashes);
    return added;
}

/* Sets the bits of what each part may begin with; `parts` is their pool. */
static int add_starts(Phrases *self, PyObject *parts) {
    size_t count = (size_t)PyBytes_GET_SIZE(parts) / sizeof *self->parts;
    self->starts = PyMem_Calloc(count + 1, sizeof *self->starts);
    if (!self->starts) {
        PyErr_NoMemory();
        return 0;
    }
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < self->parts[i].phrases.count; k++)
            self->starts[i] |= start_bit(self->numbers[self->phrases[self->parts[i].phrases.start + k].start]);
    return 1;
}

int take_templates(Phrases *self, PyObject *words, PyObject *parts, PyObject *pairs) {
    return add_words(self, words) && add_beginnings(self, pairs) && add_starts(self, parts);
}
