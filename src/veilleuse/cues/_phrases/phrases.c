/* Templates in texts: what automaton.py does, word for word, without the interpreter. Words are numbered once; a template
   is tried only where the two words it begins with stand. Most texts hold no such two: each word costs a hash, and two
   bits are asked about it, before anything is looked up. Places are counted in words, in what is told in characters. */
#include "templates.h"

enum { MOST_WORDS = 1024 };

/* A word of a text: its letters, where they stand in the text, what may begin with it. */
typedef struct { uint32_t hash, length, at; uint16_t start, end; uint8_t alone, begins; } Said;
typedef struct { const uint8_t *said; const Said *words; uint32_t *numbers, count; } Row; /* the words of a text */

static const uint32_t UNASKED = UINT32_MAX;

/* The number of a word, from 1; 0 for one that no template holds. */
static uint32_t number_of(const Phrases *self, const uint8_t *said, const Said *word) {
    for (uint32_t slot = word->hash & self->mask;; slot = (slot + 1) & self->mask) {
        const Word *known = &self->words[slot];
        if (!known->length) return 0;
        if (known->hash == word->hash && known->length == word->length &&
            !memcmp(self->letters + known->at, said + word->at, word->length))
            return known->number;
    }
}

/* The number of a word of the row, looked up when first asked for: most are not. */
static uint32_t number_at(const Phrases *self, const Row *row, uint32_t place) {
    uint32_t *number = &row->numbers[place];
    if (*number == UNASKED) *number = number_of(self, row->said, &row->words[place]);
    return *number;
}

/* The two words of these hashes as templates begin with them; other words may share them, which the templates will tell. */
static const Pair *pair_of(const Phrases *self, uint32_t first, uint32_t second) {
    uint64_t hashes = (uint64_t)first << 32 | second;
    for (uint32_t slot = slot_of(hashes, self->pair_mask);; slot = (slot + 1) & self->pair_mask) {
        const Pair *known = &self->pairs[slot];
        if (known->hashes == hashes || !known->templates.count) return known;
    }
}

/* What a code point is read as: asked of the table when first met. 0 where the table fails. */
static uint8_t ask(Phrases *self, Py_UCS4 point) {
    PyObject *key = PyLong_FromUnsignedLong(point), *read = key ? PyObject_GetItem(self->table, key) : NULL;
    if (read && PyUnicode_Check(read) && PyUnicode_GET_LENGTH(read) == 1 && PyUnicode_READ_CHAR(read, 0) - 1 < 127)
        self->read_as[point] = (uint8_t)PyUnicode_READ_CHAR(read, 0);
    else if (read)
        PyErr_SetString(PyExc_ValueError, "a code point is read as one of ASCII");
    Py_XDECREF(key);
    Py_XDECREF(read);
    return self->read_as[point];
}

/* Reads the first letters of a text; returns how many, -1 where the table failed. */
static int read_letters(Phrases *self, PyObject *text, uint8_t *letters) {
    int kind = PyUnicode_KIND(text), length = (int)Py_MIN(PyUnicode_GET_LENGTH(text), LONGEST);
    const void *points = PyUnicode_DATA(text);
    if (kind == PyUnicode_1BYTE_KIND) { /* all of these were asked at the beginning */
        for (int i = 0; i < length; i++) letters[i] = self->read_as[((const Py_UCS1 *)points)[i]];
        return length;
    }
    for (int i = 0; i < length; i++) {
        Py_UCS4 point = PyUnicode_READ(kind, points, i);
        letters[i] = self->read_as[point];
        if (!letters[i] && !(letters[i] = ask(self, point))) return -1;
    }
    return length;
}

/* Whether the apostrophe there ends a French article: "l'", "d'" or "qu'", alone before it. */
static int elided(const uint8_t *letters, int at) {
    if (at < 1) return 0;
    uint8_t last = letters[at - 1];
    if (last == 'l' || last == 'd') return at == 1 || letters[at - 2] == ' ';
    return last == 'u' && at >= 2 && letters[at - 2] == 'q' && (at == 2 || letters[at - 3] == ' ');
}

/* Leaves out apostrophes, but for those of articles, which part words; returns how many letters are left, each with its
   place. */
static int leave_out(const uint8_t *letters, int length, uint8_t *said, uint16_t *places) {
    int left = 0;
    for (int i = 0; i < length; i++) {
        int apostrophe = letters[i] == '\'';
        if (apostrophe && !elided(letters, i)) continue;
        said[left] = apostrophe ? ' ' : letters[i];
        places[left++] = (uint16_t)i;
    }
    return left;
}

/* The words of a text as `words_of` of view.py parts them; none where no template can begin in it. `places` are those of
   the letters in the text, NULL where each has its own; a word begins with the apostrophes before it. */
static uint32_t part(const Phrases *self, const uint8_t *letters, uint8_t *said, int length, const uint16_t *places,
                     Said *words) {
    uint32_t count = 0, any = 0;
    memset(said + length, ' ', PIECE);
    for (int end = 0; count < MOST_WORDS;) {
        int start = end;
        while (start < length && said[start] == ' ') start++;
        if (start == length) break;
        for (end = start + 1; said[end] != ' ';) end++;
        uint32_t hash = hash_of(said + start, (uint32_t)(end - start));
        uint32_t alone = is_set(self, mark_of(0, hash));
        uint32_t begun = count && is_set(self, mark_of(words[count - 1].hash, hash));
        if (begun) words[count - 1].begins = 1;
        uint16_t first = places ? places[start] : (uint16_t)start, last = places ? places[end - 1] : (uint16_t)(end - 1);
        while (first && letters[first - 1] == '\'') first--;
        words[count++] = (Said){hash, (uint32_t)(end - start), (uint32_t)start, first, last + 1, (uint8_t)alone, 0};
        any |= alone | begun;
    }
    return any ? count : 0;
}

/* Whether these words of a pool stand there. */
static int stands(const Phrases *self, Span words, const Row *row, uint32_t place) {
    if (words.count > row->count - place) return 0;
    for (uint32_t i = 0; i < words.count; i++)
        if (self->numbers[words.start + i] != number_at(self, row, place + i)) return 0;
    return 1;
}

/* The farthest end of a template from that part and place on, in words; 0 for none. */
static uint32_t farthest(const Phrases *self, Span template, uint32_t from, const Row *row, uint32_t place) {
    uint32_t best = 0, rest = from;
    while (rest < template.count && self->parts[template.start + rest].optional) rest++;
    if (rest == template.count) best = place;
    uint32_t number = place < row->count ? number_at(self, row, place) : 0;
    if (!number) return best;
    for (uint32_t i = from; i < template.count; i++) {
        const Part *now = &self->parts[template.start + i];
        uint32_t likely = self->starts[template.start + i] & start_bit(number) ? now->phrases.count : 0;
        for (uint32_t k = 0; k < likely; k++) {
            Span words = self->phrases[now->phrases.start + k];
            if (!stands(self, words, row, place)) continue;
            uint32_t end = farthest(self, template, i + 1, row, place + words.count);
            if (end > best) best = end;
        }
        if (!now->optional) break;
    }
    return best;
}

/* Adds those of the templates that stand there to the list; 0 where that fails. */
static int try_templates(const Phrases *self, Span tried, const Row *row, uint32_t place, Py_ssize_t text, PyObject *found) {
    for (uint32_t i = 0; i < tried.count; i++) {
        uint32_t number = self->firsts[tried.start + i];
        if (self->whole[number] && place) continue;
        uint32_t end = farthest(self, self->templates[number], 0, row, place);
        if (!end || (self->whole[number] && end != row->count)) continue;
        PyObject *hit = Py_BuildValue("nIIII", text, row->words[place].start, row->words[end - 1].end, number, end - place);
        int bad = !hit || PyList_Append(found, hit);
        Py_XDECREF(hit);
        if (bad) return 0;
    }
    return 1;
}

/* Adds what stands in the text of that number to the list; 0 where that fails. */
static int find_in(Phrases *self, PyObject *text, Py_ssize_t text_number, PyObject *found) {
    uint8_t letters[LONGEST + PIECE], bare[LONGEST + PIECE], *said = letters;
    uint16_t places[LONGEST], *placed = NULL;
    Said words[MOST_WORDS];
    uint32_t numbers[MOST_WORDS];
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is a str");
        return 0;
    }
    int length = read_letters(self, text, letters);
    if (length < 0) return 0;
    if (length && memchr(letters, '\'', (size_t)length)) {
        length = leave_out(letters, length, bare, places);
        said = bare, placed = places;
    }
    Row row = {said, words, numbers, part(self, letters, said, length, placed, words)};
    for (uint32_t place = 0; place < row.count; place++) numbers[place] = UNASKED;
    for (uint32_t place = 0; place < row.count; place++) {
        const Said *word = &words[place];
        if (word->alone) {
            uint32_t number = number_at(self, &row, place);
            if (number && !try_templates(self, self->alone[number - 1], &row, place, text_number, found)) return 0;
        }
        if (word->begins) {
            const Pair *begun = pair_of(self, word->hash, words[place + 1].hash);
            uint64_t third = place + 2 < row.count ? third_bit(words[place + 2].hash) : 0;
            if (begun->thirds & (third | MAY_END) && !try_templates(self, begun->templates, &row, place, text_number, found))
                return 0;
        }
    }
    return 1;
}

static PyObject *find(Phrases *self, PyObject *texts) {
    PyObject *found = PyList_New(0), *items = PySequence_Fast(texts, "texts are a sequence");
    int well = found && items;
    for (Py_ssize_t t = 0; well && t < PySequence_Fast_GET_SIZE(items); t++)
        well = find_in(self, PySequence_Fast_GET_ITEM(items, t), t, found);
    Py_XDECREF(items);
    if (!well) Py_CLEAR(found);
    return found;
}

static void forget(Phrases *self) {
    for (int i = 0; i < POOLS; i++) Py_CLEAR(self->pools[i]);
    Py_CLEAR(self->table);
    PyMem_RawFree(self->read_as);
    PyMem_Free(self->starts);
    PyMem_Free(self->letters);
    PyMem_Free(self->words);
    PyMem_Free(self->pairs);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *make(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    PyObject *table, *words, *pools[POOLS];
    if (!PyArg_ParseTuple(args, "OO!SSSSSSSS", &table, &PyList_Type, &words, &pools[0], &pools[1], &pools[2], &pools[3],
                          &pools[4], &pools[5], &pools[6], &pools[7]))
        return NULL;
    Phrases *self = (Phrases *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->table = Py_NewRef(table);
    for (int i = 0; i < POOLS; i++) self->pools[i] = Py_NewRef(pools[i]);
    self->whole = (const uint8_t *)PyBytes_AS_STRING(pools[0]);
    self->templates = (const Span *)PyBytes_AS_STRING(pools[1]);
    self->parts = (const Part *)PyBytes_AS_STRING(pools[2]);
    self->phrases = (const Span *)PyBytes_AS_STRING(pools[3]);
    self->numbers = (const uint32_t *)PyBytes_AS_STRING(pools[4]);
    self->alone = (const Span *)PyBytes_AS_STRING(pools[5]);
    self->firsts = (const uint32_t *)PyBytes_AS_STRING(pools[7]);
    self->read_as = PyMem_RawCalloc(POINTS, 1); /* only what is met takes room */
    if (!self->read_as) PyErr_NoMemory();
    for (Py_UCS4 point = 0; self->read_as && point < 256; point++)
        if (!ask(self, point)) goto fail;
    if (self->read_as && take_templates(self, words, pools[2], pools[6])) return (PyObject *)self;
fail:
    Py_DECREF(self);
    return NULL;
}

static PyMethodDef methods[] = {
    {"find", (PyCFunction)find, METH_O, "The templates in texts."},
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
