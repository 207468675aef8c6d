/* The forms under which a word may stand in a text: forms.py, in the same order. */
#include "kernel.h"

#include <string.h>

enum { SHORTEST_VARIED = 4, SHORTEST_DROPPED = 5, SHORTEST_VOWELS = 5, FEWEST_CONSONANTS = 4, MOST_VARIANTS = 512 };
enum { WIDEST = LONGEST_WORD * 4 };

typedef struct {
    const Vocabulary *vocabulary;
    Taker take;
    void *context;
    const uint8_t *word; size_t length;
    uint64_t seen[MOST_VARIANTS]; size_t count;
    int ok;
} Varying;

static void offer(Varying *varying, const uint8_t *variant, size_t length, Disguise disguise) {
    if (!varying->ok || length > LONGEST_WORD) return;
    if (length == varying->length && !memcmp(variant, varying->word, length)) return;
    uint64_t hash = length;
    for (size_t i = 0; i < length; i++) hash = (hash ^ variant[i]) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    for (size_t i = 0; i < varying->count; i++)
        if (varying->seen[i] == hash) return;
    if (varying->count < MOST_VARIANTS) varying->seen[varying->count++] = hash;
    if (!is_ordinary(&varying->vocabulary->ordinary, variant, length))
        varying->ok = varying->take(varying->context, variant, length, disguise);
}

static size_t find(const uint8_t *word, size_t length, size_t from, const Respelling *respelling) {
    for (size_t i = from; i + respelling->from_length <= length; i++)
        if (!memcmp(word + i, respelling->from, respelling->from_length)) return i;
    return NONE;
}

static size_t replaced(const uint8_t *word, size_t length, size_t place, const Respelling *respelling, uint8_t *out) {
    size_t rest = place + respelling->from_length;
    memcpy(out, word, place);
    memcpy(out + place, respelling->to, respelling->to_length);
    memcpy(out + place + respelling->to_length, word + rest, length - rest);
    return length - respelling->from_length + respelling->to_length;
}

static void offer_respelt(Varying *varying) {
    const Vocabulary *vocabulary = varying->vocabulary;
    uint8_t together[WIDEST], variant[WIDEST];
    size_t length = varying->length;
    memcpy(together, varying->word, length);
    for (size_t r = 0; r < vocabulary->respelling_count; r++) {
        const Respelling *respelling = &vocabulary->respellings[r];
        for (size_t place = 0; (place = find(varying->word, varying->length, place, respelling)) != NONE; place++) {
            size_t respelt = replaced(varying->word, varying->length, place, respelling, variant);
            offer(varying, variant, respelt, PHONETIC);
        }
        if (!respelling->together) continue;
        for (size_t place = 0; (place = find(together, length, place, respelling)) != NONE;) {
            length = replaced(together, length, place, respelling, variant);
            memcpy(together, variant, length);
            place += respelling->to_length;
        }
    }
    offer(varying, together, length, PHONETIC);
}

int each_variant(const Vocabulary *vocabulary, const uint8_t *word, size_t length, Taker take, void *context) {
    Varying varying = {.vocabulary = vocabulary, .take = take, .context = context, .word = word, .length = length, .ok = 1};
    uint8_t variant[WIDEST];
    if (length < SHORTEST_VARIED) return 1;
    for (size_t i = 1; i + 1 < length; i++) {
        memcpy(variant, word, length);
        variant[i] = BLANK;
        offer(&varying, variant, length, MASKED);
        variant[i] = 'x';
        offer(&varying, variant, length, MASKED);
    }
    for (size_t i = 0; i + 1 < length; i++) {
        memcpy(variant, word, length);
        variant[i] = word[i + 1];
        variant[i + 1] = word[i];
        offer(&varying, variant, length, SWAPPED);
    }
    for (size_t i = 1; length >= SHORTEST_DROPPED && i < length; i++) {
        memcpy(variant, word, i);
        memcpy(variant + i, word + i + 1, length - i - 1);
        offer(&varying, variant, length - 1, DROPPED);
    }
    offer_respelt(&varying);
    if (length >= SHORTEST_VOWELS) {
        size_t consonants = 1;
        variant[0] = word[0];
        for (size_t i = 1; i < length; i++)
            if (!strchr("aeiouy", word[i])) variant[consonants++] = word[i];
        if (consonants >= FEWEST_CONSONANTS) offer(&varying, variant, consonants, VOWELS);
    }
    for (size_t i = 0; i < length; i++) variant[i] = word[length - 1 - i];
    offer(&varying, variant, length, REVERSED);
    return varying.ok;
}

int draws_out(const uint8_t *merged, const uint8_t *word, size_t length, const uint8_t *term, size_t wanted) {
    size_t i = 0, j = 0;
    while (i < length && j < wanted) {
        uint8_t letter = merged[word[i]];
        size_t said = i, meant = j;
        if (letter != merged[term[j]]) return 0;
        while (i < length && merged[word[i]] == letter) i++;
        while (j < wanted && merged[term[j]] == letter) j++;
        if (i - said < j - meant) return 0;
    }
    return i == length && j == wanted;
}

int alike(const Fold *fold, const uint8_t *word, const uint8_t *form, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (word[i] != form[i] &&
            (fold->kinds[word[i]] & (LETTER | LIGATURE) || fold->merged[word[i]] != fold->merged[form[i]]))
            return 0;
    return 1;
}
