/* The Python face: Kernel(...).find(texts). Python objects are made for findings only, and the interpreter's lock is
   released while texts are read. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdlib.h>
#include <string.h>

#include "kernel.h"

#if defined(__GNUC__)
#define SOON(place) __builtin_prefetch(place)
#else
#define SOON(place) (void)(place)
#endif

enum { AHEAD = 16, LINE = 64, BLOCK = 128 }; /* texts gathered at a time: their heads are still in cache when they are read */

typedef struct {
    PyObject_HEAD
    Vocabulary vocabulary;
    PyObject *ordinary, *fold;
    PyObject *told; /* of each term, what its findings say of it: see TOLD */
    PyObject *finding, *disguises, *taken_off; /* what they are made with: finding.py, worn.py */
} Kernel;

enum { TEXT, CONCEPT, WEIGHT, PICTURE, PRIVATE, TOLD };

typedef struct { Hit hit; size_t text; } Found;
typedef struct { Found *items; size_t count, room; } Findings; /* of texts held together */

static int add_term(Vocabulary *vocabulary, PyObject *item, uint32_t number) {
    PyObject *words;
    unsigned concept;
    int exact, phrase, clearing, ordinary, private;
    if (!PyArg_ParseTuple(item, "O!Ippppp;a term", &PyTuple_Type, &words, &concept, &exact, &phrase, &clearing, &ordinary,
                          &private))
        return 0;
    const uint8_t *spellings[255];
    size_t lengths[255];
    Py_ssize_t count = PyTuple_GET_SIZE(words);
    if (count > 255) {
        PyErr_SetString(PyExc_ValueError, "a term has more than 255 words");
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        char *spelling;
        Py_ssize_t length;
        if (PyBytes_AsStringAndSize(PyTuple_GET_ITEM(words, i), &spelling, &length) < 0) return 0;
        if (!length || length >= LONGEST_WORD - 1) {
            PyErr_SetString(PyExc_ValueError, "a word of a term is empty or too long");
            return 0;
        }
        for (Py_ssize_t k = 0; k < length; k++)
            if (!(vocabulary->fold.kinds[(uint8_t)spelling[k]] & (LETTER | DIGIT))) {
                PyErr_SetString(PyExc_ValueError, "a word of a term holds more than letters and digits");
                return 0;
            }
        spellings[i] = (const uint8_t *)spelling;
        lengths[i] = (size_t)length;
    }
    vocabulary->terms[number] =
        (Term){(uint16_t)concept, (uint8_t)exact, (uint8_t)phrase, (uint8_t)clearing, (uint8_t)ordinary, (uint8_t)private};
    if (vocabulary_add(vocabulary, number, spellings, lengths, (size_t)count)) return 1;
    PyErr_NoMemory();
    return 0;
}

static int add_respelling(Vocabulary *vocabulary, PyObject *item) {
    const char *from, *to;
    Py_ssize_t from_length, to_length;
    int together;
    if (!PyArg_ParseTuple(item, "y#y#p;a respelling", &from, &from_length, &to, &to_length, &together)) return 0;
    Respelling *respelling = &vocabulary->respellings[vocabulary->respelling_count];
    if (vocabulary->respelling_count == 64 || !from_length || from_length > 4 || to_length > 2) {
        PyErr_SetString(PyExc_ValueError, "too many respellings, or too long");
        return 0;
    }
    memcpy(respelling->from, from, (size_t)from_length);
    memcpy(respelling->to, to, (size_t)to_length);
    respelling->from_length = (uint8_t)from_length;
    respelling->to_length = (uint8_t)to_length;
    respelling->together = (uint8_t)together;
    vocabulary->respelling_count++;
    return 1;
}

static int add_ligature(Fold *fold, PyObject *item) {
    unsigned char code, other;
    const char *letters;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(item, "by#b;a ligature", &code, &letters, &length, &other)) return 0;
    if (length < 1 || length > 3) {
        PyErr_SetString(PyExc_ValueError, "a ligature opens to 1 to 3 letters");
        return 0;
    }
    memcpy(fold->ligatures[code], letters, (size_t)length);
    fold->others[code] = other;
    return 1;
}

/* What findings are made of, one for each term, and a name for each disguise. */
static int take_told(Kernel *self, PyObject *told, Py_ssize_t terms) {
    int ok = PyList_GET_SIZE(told) == terms && PyTuple_GET_SIZE(self->disguises) == REVERSED + 1 &&
             PyCallable_Check(self->finding) && PyCallable_Check(self->taken_off);
    for (Py_ssize_t i = 0; ok && i < terms; i++) {
        PyObject *term = PyList_GET_ITEM(told, i);
        ok = PyTuple_Check(term) && PyTuple_GET_SIZE(term) == TOLD && PyUnicode_Check(PyTuple_GET_ITEM(term, TEXT));
    }
    if (ok) return (self->told = PyList_AsTuple(told)) != NULL;
    PyErr_SetString(PyExc_ValueError, "what findings say does not fit the terms");
    return 0;
}

static int take_fold(Fold *fold, PyObject *pages, const Py_buffer *kinds, const Py_buffer *merged) {
    enum { INDEX = 0x110000 / 256 };
    fold->pages = (const uint8_t *)PyBytes_AS_STRING(pages);
    fold->length = (size_t)PyBytes_GET_SIZE(pages);
    uint8_t last = 0;
    for (size_t i = 0; i < INDEX && i < fold->length; i++) last = fold->pages[i] > last ? fold->pages[i] : last;
    if (fold->length < INDEX + 256 * ((size_t)last + 1) || kinds->len != 256 || merged->len != 256) {
        PyErr_SetString(PyExc_ValueError, "a fold table of the wrong size");
        return 0;
    }
    memcpy(fold->kinds, kinds->buf, 256);
    memcpy(fold->merged, merged->buf, 256);
    for (uint32_t point = 0; point < 256; point++) fold->first[point] = fold_point(fold, point);
    return 1;
}

static int take_all(Kernel *self, PyObject *terms, PyObject *ligatures, PyObject *respellings, int plain) {
    Vocabulary *vocabulary = &self->vocabulary;
    vocabulary->ordinary.bits = (const uint8_t *)PyBytes_AS_STRING(self->ordinary);
    vocabulary->ordinary.size = (uint64_t)PyBytes_GET_SIZE(self->ordinary) * 8;
    vocabulary->term_count = (size_t)PyList_GET_SIZE(terms);
    vocabulary->terms = calloc(vocabulary->term_count + 1, sizeof(Term));
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(ligatures); i++)
        if (!add_ligature(&vocabulary->fold, PyList_GET_ITEM(ligatures, i))) return 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(respellings); i++)
        if (!add_respelling(vocabulary, PyList_GET_ITEM(respellings, i))) return 0;
    if (!vocabulary->terms) {
        PyErr_NoMemory();
        return 0;
    }
    vocabulary_prepare(vocabulary, plain);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(terms); i++)
        if (!add_term(vocabulary, PyList_GET_ITEM(terms, i), (uint32_t)i)) return 0;
    if (vocabulary_close(vocabulary)) return 1;
    PyErr_NoMemory();
    return 0;
}

static PyObject *kernel_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named)) {
    PyObject *terms, *told, *finding, *disguises, *taken_off, *ordinary, *fold, *ligatures, *respellings;
    Py_buffer kinds, merged;
    unsigned off;
    int plain;
    if (!PyArg_ParseTuple(args, "O!O!OO!OSSy*y*O!O!Ip", &PyList_Type, &terms, &PyList_Type, &told, &finding, &PyTuple_Type,
                          &disguises, &taken_off, &ordinary, &fold, &kinds, &merged, &PyList_Type, &ligatures, &PyList_Type,
                          &respellings, &off, &plain)) return NULL;
    Kernel *self = (Kernel *)type->tp_alloc(type, 0);
    int ok = self != NULL;
    Py_ssize_t size = PyBytes_GET_SIZE(ordinary);
    if (ok && (!size || size & (size - 1))) {
        PyErr_SetString(PyExc_ValueError, "a filter of ordinary words whose size is no power of two");
        ok = 0;
    }
    if (ok) {
        self->vocabulary.off = off;
        self->ordinary = Py_NewRef(ordinary);
        self->fold = Py_NewRef(fold);
        self->finding = Py_NewRef(finding);
        self->disguises = Py_NewRef(disguises);
        self->taken_off = Py_NewRef(taken_off);
        ok = take_told(self, told, PyList_GET_SIZE(terms)) &&
             take_fold(&self->vocabulary.fold, fold, &kinds, &merged) &&
             take_all(self, terms, ligatures, respellings, plain);
    }
    PyBuffer_Release(&kinds);
    PyBuffer_Release(&merged);
    if (!ok) Py_CLEAR(self);
    return (PyObject *)self;
}

static int kernel_traverse(Kernel *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->told);
    Py_VISIT(self->finding);
    Py_VISIT(self->disguises);
    Py_VISIT(self->taken_off);
    return 0;
}

static int kernel_clear(Kernel *self) {
    Py_CLEAR(self->told);
    Py_CLEAR(self->finding);
    Py_CLEAR(self->disguises);
    Py_CLEAR(self->taken_off);
    return 0;
}

static void kernel_dealloc(Kernel *self) {
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    vocabulary_free(&self->vocabulary);
    (void)kernel_clear(self);
    Py_XDECREF(self->ordinary);
    Py_XDECREF(self->fold);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

/* Texts held while the interpreter's lock is released. */
typedef struct { PyObject *held[BLOCK]; Text texts[BLOCK]; Py_ssize_t count; } Block;

static void let_go(Block *block) {
    while (block->count) Py_DECREF(block->held[--block->count]);
}

static int gather(PyObject *texts, Py_ssize_t first, Block *block) {
    Py_ssize_t total = PySequence_Fast_GET_SIZE(texts);
    for (; block->count < BLOCK && first + block->count < total; block->count++) {
        PyObject *text = PySequence_Fast_GET_ITEM(texts, first + block->count);
        if (first + block->count + AHEAD < total) {
            const char *next = (const char *)PySequence_Fast_GET_ITEM(texts, first + block->count + AHEAD);
            SOON(next);
            SOON(next + LINE);
            SOON(next + 2 * LINE);
        }
        if (!PyUnicode_Check(text)) {
            PyErr_Format(PyExc_TypeError, "text %zd is no str but %s", first + block->count, Py_TYPE(text)->tp_name);
            return 0;
        }
#if PY_VERSION_HEX < 0x030C0000
        if (PyUnicode_READY(text) < 0) return 0;
#endif
        Text *seen = &block->texts[block->count];
        *seen = (Text){PyUnicode_DATA(text), (size_t)PyUnicode_GET_LENGTH(text), (int)PyUnicode_KIND(text)};
        if (seen->length >= NONE / 2) {
            PyErr_Format(PyExc_OverflowError, "text %zd is longer than 2 thousand million characters", first + block->count);
            return 0;
        }
        block->held[block->count] = Py_NewRef(text);
    }
    return 1;
}

/* Runs without the interpreter's lock. */
static int note(void *context, size_t text, const Hit *hits, size_t count) {
    Findings *findings = context;
    if (!grow((void **)&findings->items, &findings->room, findings->count + count, sizeof(Found))) return 0;
    for (size_t i = 0; i < count; i++) findings->items[findings->count++] = (Found){hits[i], text};
    return 1;
}

/* The disguise of a hit. What reads as the term may yet wear what folding takes off: who knows is asked, unless it is
   written as listed. */
static PyObject *disguise_told(const Kernel *self, const Hit *hit, PyObject *text, PyObject *term) {
    PyObject *disguise = PyTuple_GET_ITEM(self->disguises, hit->disguise);
    if (hit->disguise != PLAIN) return Py_NewRef(disguise);
    Py_ssize_t start = (Py_ssize_t)hit->start, end = (Py_ssize_t)hit->end;
    Py_ssize_t as_listed = PyUnicode_GET_LENGTH(term) == end - start ? PyUnicode_Tailmatch(text, term, start, end, -1) : 0;
    if (as_listed > 0) return Py_NewRef(disguise);
    return as_listed < 0 ? NULL : PyObject_CallFunction(self->taken_off, "OOnn", term, text, start, end);
}

/* What is found in a text, which is the `number`th. */
static PyObject *told(const Kernel *self, const Hit *hit, PyObject *text, size_t number) {
    PyObject *term = PyTuple_GET_ITEM(self->told, hit->term);
    PyObject *start = PyLong_FromSize_t(hit->start), *end = start ? PyLong_FromSize_t(hit->end) : NULL;
    PyObject *disguise = end ? disguise_told(self, hit, text, PyTuple_GET_ITEM(term, TEXT)) : NULL, *finding = NULL;
    if (disguise) {
        PyObject *values[] = {PyTuple_GET_ITEM(term, TEXT), PyTuple_GET_ITEM(term, CONCEPT), start, end, disguise,
                              PyTuple_GET_ITEM(term, WEIGHT), PyTuple_GET_ITEM(term, PICTURE), PyTuple_GET_ITEM(term, PRIVATE)};
        finding = PyObject_Vectorcall(self->finding, values, sizeof values / sizeof *values, NULL);
    }
    Py_XDECREF(start);
    Py_XDECREF(end);
    Py_XDECREF(disguise);
    PyObject *index = finding ? PyLong_FromSize_t(number) : NULL, *item = index ? PyTuple_Pack(2, index, finding) : NULL;
    Py_XDECREF(index);
    Py_XDECREF(finding);
    return item;
}

/* Adds what was found in a block, while its texts are still near; `first` is the number of its first text. */
static int tell(const Kernel *self, PyObject *list, Findings *findings, const Block *block, size_t first) {
    int ok = 1;
    for (size_t i = 0; ok && i < findings->count; i++) {
        const Found *found = &findings->items[i];
        PyObject *item = told(self, &found->hit, block->held[found->text], first + found->text);
        ok = item && PyList_Append(list, item) == 0;
        Py_XDECREF(item);
    }
    findings->count = 0;
    return ok;
}

static PyObject *kernel_find(Kernel *self, PyObject *argument) {
    PyObject *texts = PySequence_Fast(argument, "texts are a sequence of str");
    if (!texts) return NULL;
    PyObject *list = PyList_New(0);
    Block *block = calloc(1, sizeof(Block));
    Scan scan = {0};
    Findings findings = {0};
    int ok = list && block;
    if (list && !block) PyErr_NoMemory();
    /* A list may change while the lock is released: its length is asked for each time. */
    for (size_t first = 0, count; ok && (Py_ssize_t)first < PySequence_Fast_GET_SIZE(texts); first += count) {
        ok = gather(texts, (Py_ssize_t)first, block);
        count = (size_t)block->count;
        if (ok) {
            Py_BEGIN_ALLOW_THREADS
            ok = scan_texts(&self->vocabulary, &scan, block->texts, count, note, &findings);
            Py_END_ALLOW_THREADS
            if (!ok) PyErr_NoMemory();
            else ok = PyErr_CheckSignals() == 0 && tell(self, list, &findings, block, first);
        }
        let_go(block);
    }
    if (!ok) Py_CLEAR(list);
    free(block);
    free(findings.items);
    scan_free(&scan);
    Py_DECREF(texts);
    return list;
}

static PyMethodDef kernel_methods[] = {
    {"find", (PyCFunction)kernel_find, METH_O, "What stands in the texts, in order, each with the index of its text."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot kernel_slots[] = {
    {Py_tp_new, kernel_new},
    {Py_tp_dealloc, kernel_dealloc},
    {Py_tp_traverse, kernel_traverse},
    {Py_tp_clear, kernel_clear},
    {Py_tp_methods, kernel_methods},
    {Py_tp_doc, "Finds terms in texts."},
    {0, NULL},
};

static PyType_Spec kernel_spec = {
    .name = "veilleuse.reading._kernel.Kernel",
    .basicsize = sizeof(Kernel),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_HAVE_GC,
    .slots = kernel_slots,
};

static int fill(PyObject *module) {
    PyObject *type = PyType_FromModuleAndSpec(module, &kernel_spec, NULL);
    if (!type) return -1;
    int done = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return done;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, fill},
    {0, NULL},
};

static PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "veilleuse.reading._kernel", .m_doc = "The reader in C.", .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit__kernel(void) { return PyModuleDef_Init(&module); }
