#include "codes.h"

#include <stdlib.h>
#include <string.h>

int grow_more(void **items, size_t *room, size_t wanted, size_t size) {
    size_t more = *room ? *room : 16;
    while (more < wanted) more *= 2;
    void *grown = realloc(*items, more * size);
    if (!grown) return 0;
    *items = grown;
    *room = more;
    return 1;
}

void add_hit(Hits *hits, uint32_t start, uint32_t end, uint32_t term, Disguise disguise) {
    if (!grow((void **)&hits->items, &hits->room, hits->count + 1, sizeof(Hit))) {
        hits->failed = 1;
        return;
    }
    hits->items[hits->count++] = (Hit){start, end, term, (uint8_t)disguise};
}

static uint32_t four(const uint8_t *word) {
    uint32_t bytes;
    memcpy(&bytes, word, sizeof bytes);
    return bytes;
}

static uint64_t mixed(uint64_t hash, uint64_t bytes) {
    hash = (hash ^ bytes) * 0x9fb21c651e98df25u;
    return hash ^ hash >> 32;
}

/* Eight bytes at a time; the last ones overlap. */
static uint64_t hash_of(const uint8_t *word, size_t length) {
    uint64_t hash = mixed(0x9e3779b97f4a7c15u, length);
    if (length >= 8) {
        for (size_t i = 0; i + 8 < length; i += 8) hash = mixed(hash, eight(word + i));
        return mixed(hash, eight(word + length - 8));
    }
    if (length >= 4) return mixed(hash, (uint64_t)four(word) << 32 | four(word + length - 4));
    return length ? mixed(hash, (uint64_t)word[0] << 16 | (uint64_t)word[length / 2] << 8 | word[length - 1]) : hash;
}

static size_t place_of(uint64_t hash, size_t size) { return (size_t)((hash * 0x9e3779b97f4a7c15u) >> 20) & (size - 1); }

static uint8_t tag_of(uint64_t hash) { return (uint8_t)(hash >> 56 | 1); }

/* The place of the key, or the empty one where it would stand. A key without a word is its hash alone. */
static size_t slot_of(const Table *table, uint64_t hash, const uint8_t *word, size_t length) {
    uint8_t tag = tag_of(hash);
    for (size_t i = place_of(hash, table->size);; i = (i + 1) & (table->size - 1)) {
        if (!table->tags[i]) return i;
        if (table->tags[i] != tag) continue;
        const Slot *slot = &table->slots[i];
        if (slot->hash != hash) continue;
        if (!word || (slot->length == length && !memcmp(table->keys + slot->key, word, length))) return i;
    }
}

static int make_room(Table *table) {
    if (table->size && table->used * 4 < table->size * 3) return 1;
    size_t size = table->size ? table->size * 2 : 64;
    Slot *slots = malloc(size * sizeof(Slot));
    uint8_t *tags = calloc(size, 1);
    if (!slots || !tags) {
        free(slots);
        free(tags);
        return 0;
    }
    for (size_t i = 0; i < table->size; i++) {
        if (!table->tags[i]) continue;
        size_t place = place_of(table->slots[i].hash, size);
        while (tags[place]) place = (place + 1) & (size - 1);
        slots[place] = table->slots[i];
        tags[place] = table->tags[i];
    }
    free(table->slots);
    free(table->tags);
    table->slots = slots;
    table->tags = tags;
    table->size = size;
    return 1;
}

/* The first node of a key, or NONE. */
static uint32_t head_of(const Table *table, uint64_t hash, const uint8_t *word, size_t length) {
    if (!table->size) return NONE;
    size_t place = slot_of(table, hash, word, length);
    return table->tags[place] ? table->slots[place].head : NONE;
}

static int add(Table *table, uint64_t hash, const uint8_t *word, size_t length, uint32_t value) {
    if (!make_room(table)) return 0;
    if (!grow((void **)&table->nodes, &table->node_room, table->node_count + 1, sizeof(Node))) return 0;
    size_t place = slot_of(table, hash, word, length);
    Slot *slot = &table->slots[place];
    if (!table->tags[place]) {
        if (word) {
            if (!grow((void **)&table->keys, &table->key_room, table->key_count + length, 1)) return 0;
            memcpy(table->keys + table->key_count, word, length);
        }
        *slot = (Slot){hash, (uint32_t)table->key_count, (uint32_t)length, (uint32_t)table->node_count, NONE};
        table->tags[place] = tag_of(hash);
        table->key_count += word ? length : 0;
        table->used++;
    } else {
        table->nodes[slot->tail].next = (uint32_t)table->node_count;
    }
    slot->tail = (uint32_t)table->node_count;
    table->nodes[table->node_count++] = (Node){value, NONE};
    return 1;
}

int table_add(Table *table, const uint8_t *word, size_t length, uint32_t value) {
    return add(table, hash_of(word, length), word, length, value);
}

int table_add_hash(Table *table, uint64_t hash, uint32_t value) { return add(table, hash, NULL, 0, value); }

uint32_t table_find(const Table *table, const uint8_t *word, size_t length) {
    return head_of(table, hash_of(word, length), word, length);
}

uint32_t table_find_hash(const Table *table, uint64_t hash) {
    return head_of(table, hash, NULL, 0);
}

void table_close(Table *table) {
    move_far((void **)&table->slots, table->size * sizeof(Slot));
    move_far((void **)&table->tags, table->size);
    move_far((void **)&table->nodes, table->node_count * sizeof(Node));
    move_far((void **)&table->keys, table->key_count);
    table->node_room = table->node_count;
    table->key_room = table->key_count;
}

void table_free(Table *table) {
    free(table->slots);
    free(table->tags);
    free(table->nodes);
    free(table->keys);
    *table = (Table){0};
}

static size_t place_in(const Set *set, uint32_t number) {
    return (size_t)((number * 0x9e3779b97f4a7c15u) >> 32) & (set->size - 1);
}

/* Its place, or the empty one where it would stand. */
static size_t place_for(const Set *set, uint32_t number) {
    size_t place = place_in(set, number);
    while (set->items[place] && set->items[place] != number) place = (place + 1) & (set->size - 1);
    return place;
}

int set_make_room(Set *set, size_t more) {
    Set grown = {NULL, set->size ? set->size : 64, set->used, set->zero};
    while ((set->used + more) * 2 > grown.size) grown.size *= 2;
    if (grown.size == set->size) return 1;
    grown.items = calloc(grown.size, sizeof(uint32_t));
    if (!grown.items) return 0;
    for (size_t i = 0; i < set->size; i++)
        if (set->items[i]) grown.items[place_for(&grown, set->items[i])] = set->items[i];
    free(set->items);
    *set = grown;
    return 1;
}

int set_has(const Set *set, uint32_t number) { return number ? set->items[place_for(set, number)] != 0 : set->zero; }

int set_add(Set *set, uint32_t number) {
    int known = set->zero;
    set->zero |= !number;
    if (!number) return !known;
    size_t place = place_for(set, number);
    if (set->items[place]) return 0;
    set->items[place] = number;
    set->used++;
    return 1;
}

void set_soon(const Set *set, uint32_t number) { SOON(set->items + place_in(set, number)); }

void set_free(Set *set) {
    free(set->items);
    *set = (Set){0};
}
