/* Nearly a million forms of 5,000 terms: they are written one after the other while terms are added, and put in their places
   once, for a table that grows with them would wait for far memory at each. */
#include "codes.h"

#include <stdlib.h>

static uint64_t scattered(uint64_t key) { return key * 0x9e3779b97f4a7c15u; }

static uint32_t place_of(uint64_t key) { return (uint32_t)(scattered(key) >> 32); }

static uint16_t tag_of(uint64_t key) { return (uint16_t)(scattered(key) >> 16); }

int index_add(Index *index, uint64_t key, Form form) {
    if (!grow((void **)&index->forms, &index->room, index->count + 1, sizeof(Form)) ||
        !grow((void **)&index->places, &index->place_room, index->count + 1, sizeof(uint32_t))) return 0;
    form.tag = tag_of(key);
    index->forms[index->count] = form;
    index->places[index->count++] = place_of(key);
    return 1;
}

/* The places as they will be, each with where the next one begins; NULL where memory ran out. */
static uint32_t *counted(const Index *index, size_t places) {
    uint32_t *ends = far_room((places + 1) * sizeof(uint32_t));
    if (!ends) return NULL;
    memset(ends, 0, (places + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < index->count; i++) ends[index->places[i] >> index->shift]++;
    for (size_t i = 1; i <= places; i++) ends[i] += ends[i - 1];
    return ends;
}

int index_close(Index *index) {
    size_t places = 2;
    for (index->shift = 31; places < index->count; index->shift--) places *= 2;
    uint32_t *starts = counted(index, places);
    Form *forms = far_room((index->count + 1) * sizeof(Form));
    if (!starts || !forms) {
        free(starts);
        free(forms);
        return 0;
    }
    for (size_t i = index->count; i-- > 0;) forms[--starts[index->places[i] >> index->shift]] = index->forms[i];
    free(index->forms);
    free(index->places);
    index->forms = forms;
    index->places = starts;
    return 1;
}

void index_ahead(const Index *index, uint64_t key) { SOON(index->places + (place_of(key) >> index->shift)); }

void forms_ahead(const Index *index, uint64_t key) { SOON(index->forms + index->places[place_of(key) >> index->shift]); }

Shelf index_find(const Index *index, uint64_t key) {
    const uint32_t *place = index->places + (place_of(key) >> index->shift);
    return (Shelf){index->forms + place[0], index->forms + place[1], tag_of(key)};
}

const Form *next_form(Shelf *shelf) {
    while (shelf->next < shelf->end) {
        const Form *form = shelf->next++;
        if (form->tag == shelf->tag) return form;
    }
    return NULL;
}

void index_free(Index *index) {
    free(index->forms);
    free(index->places);
}
