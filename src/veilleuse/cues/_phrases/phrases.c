/* Templates in texts: what automaton.py does, word for word, without the interpreter. Words are numbered once; a template
   is tried only where the two words it begins with stand. Places are counted in words. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 1024, LONGEST = 2000, POOLS = 8 };

typedef struct { uint32_t start, count; } Span;            /* of a pool */
typedef struct { Span phrases; uint32_t optional; } Part;
typedef struct { uint32_t hash, length, at, number; } Word; /* open addressing; a length of 0 is free */
typedef struct { uint64_t words; Span templates; } Pair;     /* likewise; words of 0 are free */

/* The pools are bytes that Python laid out; see finder.py. */
typedef struct {
    PyObject_HEAD
    PyObject *pools[POOLS];
    const uint8_t *table;
    const Span *templates, *phrases, *alone;
    const Part *parts;
    const uint32_t *numbers, *firsts;
    uint8_t *letters;
    Word *words;
    Pair *pairs;
    uint32_t mask, pair_mask;
} Phrases;

static uint32_t hash_of(const uint8_t *word, uint32_t length) {
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < length; i++) hash = (hash ^ word[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

/* The number of a word, from 1; 0 for one that no template holds. */
static uint32_t number_of(const Phrases *self, const uint8_t *word, uint32_t length) {
    uint32_t hash = hash_of(word, length);
    for (uint32_t slot = hash & self->mask;; slot = (slot + 1) & self->mask) {
        const Word *known = &self->words[slot];
        if (!known->length) return 0;
        if (known->hash == hash && known->length == length && !memcmp(self->letters + known->at, word, length))
            return known->number;
    }
}

static uint32_t slot_of(uint64_t words, uint32_t mask) { return (uint32_t)((words * 0x9E3779B97F4A7C15u) >> 40) & mask; }

/* The templates that begin with these two words. */
static Span begun_with(const Phrases *self, uint32_t first, uint32_t second) {
    uint64_t words = (uint64_t)first << 32 | second;
    for (uint32_t slot = slot_of(words, self->pair_mask);; slot = (slot + 1) & self->pair_mask) {
        if (self->pairs[slot].words == words) return self->pairs[slot].templates;
        if (!self->pairs[slot].words) return (Span){0, 0};
    }
}

/* Whether the apostrophe there ends a French article: "l'", "d'" or "qu'", alone before it. */
static int elided(const Phrases *self, const uint8_t *text, Py_ssize_t at) {
    const uint8_t *table = self->table;
    if (at < 1) return 0;
    uint8_t last = table[text[at - 1]];
    if (last == 'l' || last == 'd') return at == 1 || table[text[at - 2]] == ' ';
    return last == 'u' && at >= 2 && table[text[at - 2]] == 'q' && (at == 2 || table[text[at - 3]] == ' ');
}

/* The words of a text of one byte a character, as `words_of` of view.py parts them. */
static uint32_t part(const Phrases *self, const uint8_t *text, Py_ssize_t length, uint32_t *numbers) {
    uint8_t word[LONGEST + 1];
    uint32_t size = 0, count = 0;
    if (length > LONGEST) length = LONGEST;
    for (Py_ssize_t i = 0; i <= length; i++) {
        uint8_t read = i < length ? self->table[text[i]] : ' ';
        if (read == '\'') {
            if (!elided(self, text, i)) continue;
            read = ' ';
        }
        if (read != ' ')
            word[size++] = read;
        else if (size) {
            if (count == MOST_WORDS) return count;
            numbers[count++] = number_of(self, word, size);
            size = 0;
        }
    }
    return count;
}

/* The farthest end of a template from that part and place on, in words; 0 for none. */
static uint32_t farthest(const Phrases *self, Span template, uint32_t from, const uint32_t *numbers,
                         uint32_t place, uint32_t count) {
    uint32_t best = 0, rest = from;
    while (rest < template.count && self->parts[template.start + rest].optional) rest++;
    if (rest == template.count) best = place;
    for (uint32_t i = from; i < template.count; i++) {
        const Part *now = &self->parts[template.start + i];
        for (uint32_t k = 0; k < now->phrases.count; k++) {
            Span words = self->phrases[now->phrases.start + k];
            if (words.count > count - place) continue;
            if (memcmp(self->numbers + words.start, numbers + place, words.count * sizeof *numbers)) continue;
            uint32_t end = farthest(self, template, i + 1, numbers, place + words.count, count);
            if (end > best) best = end;
        }
        if (!now->optional) break;
    }
    return best;
}

static PyObject *find(Phrases *self, PyObject *texts) {
    PyObject *found = PyList_New(0), *unread = PyList_New(0), *items = PySequence_Fast(texts, "texts are a sequence");
    if (!found || !unread || !items) goto failed;
    for (Py_ssize_t t = 0; t < PySequence_Fast_GET_SIZE(items); t++) {
        PyObject *text = PySequence_Fast_GET_ITEM(items, t);
        if (!PyUnicode_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "a text is a str");
            goto failed;
        }
        if (PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND) {
            PyObject *index = PyLong_FromSsize_t(t);
            int bad = !index || PyList_Append(unread, index);
            Py_XDECREF(index);
            if (bad) goto failed;
            continue;
        }
        uint32_t numbers[MOST_WORDS];
        uint32_t count = part(self, PyUnicode_1BYTE_DATA(text), PyUnicode_GET_LENGTH(text), numbers);
        for (uint32_t place = 0; place < count; place++) {
            if (!numbers[place]) continue;
            Span tried[2] = {self->alone[numbers[place] - 1], {0, 0}};
            if (place + 1 < count && numbers[place + 1]) tried[1] = begun_with(self, numbers[place], numbers[place + 1]);
            for (uint32_t i = 0; i < tried[0].count + tried[1].count; i++) {
                Span from = tried[i >= tried[0].count];
                uint32_t number = self->firsts[from.start + (i < tried[0].count ? i : i - tried[0].count)];
                uint32_t end = farthest(self, self->templates[number], 0, numbers, place, count);
                if (!end) continue;
                PyObject *hit = Py_BuildValue("nIII", t, number, place, end);
                int bad = !hit || PyList_Append(found, hit);
                Py_XDECREF(hit);
                if (bad) goto failed;
            }
        }
    }
    Py_DECREF(items);
    return Py_BuildValue("NN", found, unread);
failed:
    Py_XDECREF(found);
    Py_XDECREF(unread);
    Py_XDECREF(items);
    return NULL;
}

static void forget(Phrases *self) {
    for (int i = 0; i < POOLS; i++) Py_CLEAR(self->pools[i]);
    PyMem_Free(self->letters);
    PyMem_Free(self->words);
    PyMem_Free(self->pairs);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

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
    self->letters = PyMem_Malloc(letters + 1);
    self->words = PyMem_Calloc(room, sizeof *self->words);
    self->mask = room - 1;
    if (!self->letters || !self->words) {
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        const uint8_t *word = (const uint8_t *)PyBytes_AS_STRING(PyList_GET_ITEM(words, i));
        uint32_t length = (uint32_t)PyBytes_GET_SIZE(PyList_GET_ITEM(words, i)), hash = hash_of(word, length);
        uint32_t slot = hash & self->mask;
        while (self->words[slot].length) slot = (slot + 1) & self->mask;
        memcpy(self->letters + at, word, length);
        self->words[slot] = (Word){hash, length, at, (uint32_t)i + 1};
        at += length;
    }
    return 1;
}

/* Pairs come as four numbers each: two words, and a span of the last pool. */
static int add_pairs(Phrases *self, PyObject *pool) {
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
        uint64_t words = (uint64_t)given[0] << 32 | given[1];
        uint32_t slot = slot_of(words, self->pair_mask);
        while (self->pairs[slot].words) slot = (slot + 1) & self->pair_mask;
        self->pairs[slot] = (Pair){words, {given[2], given[3]}};
    }
    return 1;
}

static PyObject *make(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *words, *pools[POOLS];
    if (!PyArg_ParseTuple(args, "SO!SSSSSSS", &pools[0], &PyList_Type, &words, &pools[1], &pools[2], &pools[3], &pools[4],
                          &pools[5], &pools[6], &pools[7]))
        return NULL;
    if (PyBytes_GET_SIZE(pools[0]) != 256) {
        PyErr_SetString(PyExc_ValueError, "a table has 256 bytes");
        return NULL;
    }
    Phrases *self = (Phrases *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    for (int i = 0; i < POOLS; i++) self->pools[i] = Py_NewRef(pools[i]);
    self->table = (const uint8_t *)PyBytes_AS_STRING(pools[0]);
    self->templates = (const Span *)PyBytes_AS_STRING(pools[1]);
    self->parts = (const Part *)PyBytes_AS_STRING(pools[2]);
    self->phrases = (const Span *)PyBytes_AS_STRING(pools[3]);
    self->numbers = (const uint32_t *)PyBytes_AS_STRING(pools[4]);
    self->alone = (const Span *)PyBytes_AS_STRING(pools[5]);
    self->firsts = (const uint32_t *)PyBytes_AS_STRING(pools[7]);
    if (add_words(self, words) && add_pairs(self, pools[6])) return (PyObject *)self;
    Py_DECREF(self);
    return NULL;
}

static PyMethodDef methods[] = {
    {"find", (PyCFunction)find, METH_O, "The templates in texts, and which texts were not read."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Phrases_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "veilleuse.cues._phrases.Phrases",
    .tp_basicsize = sizeof(Phrases),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = make,
    .tp_dealloc = (destructor)forget,
    .tp_methods = methods,
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_phrases", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__phrases(void) {
    if (PyType_Ready(&Phrases_Type) < 0) return NULL;
    PyObject *made = PyModule_Create(&module);
    if (made && PyModule_AddObjectRef(made, "Phrases", (PyObject *)&Phrases_Type) < 0) Py_CLEAR(made);
    return made;
}
