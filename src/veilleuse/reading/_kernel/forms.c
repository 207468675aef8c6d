/* The forms under which a word may stand in a text: forms.py, in the same order. */
#include "codes.h"

#include <string.h>

enum { SHORTEST_VARIED = 4, SHORTEST_PLURAL_DROPPED = 7, SHORTEST_EDITED_TWICE = 8, LONGEST_KEPT_WHOLE = 5 };
enum { SHORTEST_SWAPPED_LAST = 5, SHORTEST_OTHER_VOWEL = 6, SHORTEST_RESPELT = 5, FEWEST_CONSONANTS = 4 };
enum { MOST_VARIANTS = 512, SLOTS = 2 * MOST_VARIANTS, ASKED_TOGETHER = 64, WIDEST = LONGEST_WORD * 4 };
static const char PURE_VOWELS[] = "aeiou", VOWELS_AND_Y[] = "aeiouy", SILENT[] = "estx";

typedef struct {
    const Vocabulary *vocabulary;
    Taker take;
    void *context;
    const uint8_t *word; size_t length;
    uint64_t offered[SLOTS]; size_t count;                     /* a hash table of the word and its variants; 0: empty */
    uint8_t letters[ASKED_TOGETHER][LONGEST_WORD];             /* variants that wait for an answer */
    struct { Question question; uint8_t length, disguise, blank; } waiting[ASKED_TOGETHER]; size_t waiting_count;
    int ok;
} Varying;

/* Whether it is new. Of more variants than are remembered, some may come twice. */
static int remember(Varying *varying, const Question *question, size_t length) {
    uint64_t hash = ((uint64_t)question->forth << 32 | question->back) + length * 0x9e3779b97f4a7c15u;
    hash |= !hash;
    size_t slot = (hash ^ hash >> 32) & (SLOTS - 1);
    for (; varying->offered[slot]; slot = (slot + 1) & (SLOTS - 1))
        if (varying->offered[slot] == hash) return 0;
    if (varying->count < MOST_VARIANTS) {
        varying->offered[slot] = hash;
        varying->count++;
    }
    return 1;
}

/* Takes those that wait and are no words that are said. */
static void take_waiting(Varying *varying) {
    const Ordinary *ordinary = &varying->vocabulary->ordinary;
    for (size_t i = 0; varying->ok && i < varying->waiting_count; i++) {
        Disguise disguise = (Disguise)varying->waiting[i].disguise;
        if (!varying->waiting[i].blank && says_yes(ordinary, &varying->waiting[i].question, is_slip(disguise))) continue;
        varying->ok = varying->take(varying->context, varying->letters[i], varying->waiting[i].length, disguise);
    }
    varying->waiting_count = 0;
}

static void offer(Varying *varying, const uint8_t *variant, size_t length, Disguise disguise) {
    const Ordinary *ordinary = &varying->vocabulary->ordinary;
    if (!varying->ok || length > LONGEST_WORD) return;
    Question question = question_of(ordinary, variant, length);
    if (!remember(varying, &question, length)) return;
    int blank = disguise == MASKED && memchr(variant, BLANK, length);
    if (!blank) ask_ahead(ordinary, &question, is_slip(disguise));
    size_t place = varying->waiting_count++;
    memcpy(varying->letters[place], variant, length);
    varying->waiting[place].question = question;
    varying->waiting[place].length = (uint8_t)length;
    varying->waiting[place].disguise = (uint8_t)disguise;
    varying->waiting[place].blank = (uint8_t)blank;
    if (varying->waiting_count == ASKED_TOGETHER) take_waiting(varying);
}

static size_t find(const uint8_t *word, size_t length, size_t from, const Respelling *respelling) {
    size_t size = respelling->from_length;
    for (size_t i = from; i + size <= length; i++) {
        size_t same = 0;
        while (same < size && word[i + same] == respelling->from[same]) same++;
        if (same == size) return i;
    }
    return NONE;
}

static size_t replaced(const uint8_t *word, size_t length, size_t place, const Respelling *respelling, uint8_t *out) {
    size_t rest = place + respelling->from_length;
    memcpy(out, word, place);
    memcpy(out + place, respelling->to, respelling->to_length);
    memcpy(out + place + respelling->to_length, word + rest, length - rest);
    return length - respelling->from_length + respelling->to_length;
}

/* A respelling is sought in the word between its bounds, "^" and "$", which are taken off before it is offered. */
static void offer_bounded(Varying *varying, const uint8_t *bounded, size_t length, const uint8_t *silent, size_t mute) {
    size_t shortest = varying->length < SHORTEST_RESPELT ? varying->length : SHORTEST_RESPELT;
    if (length < shortest + 2 || (length == mute && !memcmp(bounded, silent, mute))) return;
    offer(varying, bounded + 1, length - 2, PHONETIC);
}

/* A place in a word where a respelling fits; `left` are those that are still to be sought, one bit each. */
typedef struct { uint64_t left; size_t place; const Respelling *respelling; } Site;

/* Before the first: only respellings that begin with a letter of the word are sought. */
static Site sites_of(const Vocabulary *vocabulary, const uint8_t *word, size_t length) {
    Site site = {0, 0, NULL};
    for (size_t i = 0; i < length; i++) site.left |= vocabulary->respelt[word[i]];
    return site;
}

/* The next one, the respellings in their order; 0 where there is none. */
static int next_site(const Vocabulary *vocabulary, const uint8_t *word, size_t length, Site *site) {
    for (; site->left; site->left &= site->left - 1, site->place = 0) {
        site->respelling = &vocabulary->respellings[lowest_bit(site->left)];
        size_t place = find(word, length, site->place, site->respelling);
        if (place == NONE) continue;
        site->place = place;
        return 1;
    }
    return 0;
}

static void offer_respelt(Varying *varying, int plural) {
    const Vocabulary *vocabulary = varying->vocabulary;
    const Respelling *respellings = vocabulary->respellings;
    uint8_t word[WIDEST], silent[WIDEST], together[WIDEST], once[WIDEST], twice[WIDEST];
    size_t length = varying->length + 2, mute = 0;
    word[0] = '^';
    memcpy(word + 1, varying->word, varying->length);
    word[length - 1] = '$';
    if (word[length - 2] == 'e') {
        memcpy(silent, word, length - 2);
        silent[length - 2] = '$';
        mute = length - 1;
    }
    for (Site site = sites_of(vocabulary, word, length); next_site(vocabulary, word, length, &site); site.place++) {
        size_t respelt = replaced(word, length, site.place, site.respelling, once);
        offer_bounded(varying, once, respelt, silent, mute);
    }
    size_t all = length;
    memcpy(together, word, length);
    for (size_t r = 0; r < vocabulary->respelling_count; r++) {
        if (!respellings[r].together) continue;
        for (size_t place = 0; (place = find(together, all, place, &respellings[r])) != NONE;) {
            all = replaced(together, all, place, &respellings[r], once);
            memcpy(together, once, all);
            place += respellings[r].to_length;
        }
    }
    offer_bounded(varying, together, all, silent, 0);
    for (size_t i = 0; i < all; i++) together[i] = together[i] == 's' ? 'z' : together[i]; /* as French does between vowels */
    offer_bounded(varying, together, all, silent, 0);
    Site site = sites_of(vocabulary, word, length);
    for (; !plural && next_site(vocabulary, word, length, &site); site.place++) {
        size_t respelt = replaced(word, length, site.place, site.respelling, once);
        Site second = sites_of(vocabulary, once, respelt);
        for (; next_site(vocabulary, once, respelt, &second); second.place++) {
            size_t again = replaced(once, respelt, second.place, second.respelling, twice);
            offer_bounded(varying, twice, again, silent, mute);
        }
    }
}

/* Two letters that look like one, written for it in all places, or in one. */
static void offer_paired(Varying *varying) {
    static const Respelling pairs[] = {
        {"w", "vv", 1, 2, 0}, {"w", "uu", 1, 2, 0}, {"m", "rn", 1, 2, 0}, {"d", "cl", 1, 2, 0},
    };
    uint8_t once[WIDEST], all[WIDEST];
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
        size_t width = varying->length;
        memcpy(all, varying->word, width);
        for (size_t i = 0; (i = find(all, width, i, &pairs[p])) != NONE; i += pairs[p].to_length) {
            width = replaced(all, width, i, &pairs[p], once);
            memcpy(all, once, width);
        }
        offer(varying, all, width, LOOKALIKE);
        for (size_t i = 0; (i = find(varying->word, varying->length, i, &pairs[p])) != NONE; i++)
            offer(varying, once, replaced(varying->word, varying->length, i, &pairs[p], once), LOOKALIKE);
    }
}

static void offer_masked(Varying *varying) {
    uint8_t variant[WIDEST];
    for (size_t i = 1; i + 1 < varying->length; i++) {
        memcpy(variant, varying->word, varying->length);
        variant[i] = BLANK;
        offer(varying, variant, varying->length, MASKED);
        variant[i] = 'x';
        offer(varying, variant, varying->length, MASKED);
    }
}

static void swap(uint8_t *word, size_t place) {
    uint8_t letter = word[place];
    word[place] = word[place + 1];
    word[place + 1] = letter;
}

static void offer_swapped(Varying *varying, int plural) {
    uint8_t variant[WIDEST];
    size_t length = varying->length, last = length - (length >= SHORTEST_SWAPPED_LAST ? 1 : 2);
    memcpy(variant, varying->word, length);
    for (size_t i = 0; i < last; i++) {
        swap(variant, i);
        offer(varying, variant, length, SWAPPED);
        for (size_t k = i + 2; !plural && length >= SHORTEST_EDITED_TWICE && k < last; k++) {
            swap(variant, k);
            offer(varying, variant, length, SWAPPED);
            swap(variant, k);
        }
        swap(variant, i);
    }
}

static size_t without(const uint8_t *word, size_t length, size_t place, uint8_t *out) {
    memcpy(out, word, place);
    memcpy(out + place, word + place + 1, length - place - 1);
    return length - 1;
}

/* Whether the last letter is kept: it is not sounded, or too much would be gone with it. */
static int keeps_last(const uint8_t *word, size_t length) {
    return length <= LONGEST_KEPT_WHOLE || strchr(SILENT, word[length - 1]) != NULL;
}

static void offer_dropped(Varying *varying) {
    uint8_t once[WIDEST], twice[WIDEST];
    size_t length = varying->length, last = length - (size_t)keeps_last(varying->word, length);
    for (size_t i = 1; i < last; i++) {
        size_t left = without(varying->word, length, i, once);
        offer(varying, once, left, DROPPED);
        if (length < SHORTEST_EDITED_TWICE) continue;
        for (size_t k = i; k + 1 < left; k++) offer(varying, twice, without(once, left, k, twice), DROPPED);
    }
}

static void offer_plural_dropped(Varying *varying) {
    uint8_t variant[WIDEST];
    size_t length = varying->length;
    for (size_t i = 1; i + 1 < length; i++)
        if (i + 2 < length ? length >= SHORTEST_PLURAL_DROPPED : varying->word[i] == 'e')
            offer(varying, variant, without(varying->word, length, i, variant), DROPPED);
}

static void offer_without_vowels(Varying *varying) {
    const char *sets[] = {PURE_VOWELS, VOWELS_AND_Y};
    const uint8_t *word = varying->word;
    uint8_t variant[WIDEST];
    size_t last = varying->length - 1;
    for (int set = 0; set < 2; set++) {
        size_t count = 1;
        variant[0] = word[0];
        for (size_t i = 1; i < last; i++)
            if (!strchr(sets[set], word[i])) variant[count++] = word[i];
        variant[count] = word[last];
        if (count + 1 >= FEWEST_CONSONANTS) offer(varying, variant, count + 1, VOWELS);
        size_t bare = count + !strchr(sets[set], word[last]);
        if (bare >= FEWEST_CONSONANTS) offer(varying, variant, bare, VOWELS);
        size_t open = strchr(sets[set], word[0]) != NULL;
        if (bare - open >= FEWEST_CONSONANTS) offer(varying, variant + open, bare - open, VOWELS);
    }
}

static void offer_other_vowels(Varying *varying) {
    uint8_t variant[WIDEST];
    if (varying->length < SHORTEST_OTHER_VOWEL) return;
    memcpy(variant, varying->word, varying->length);
    for (size_t i = 0; i < varying->length; i++) {
        if (!strchr(PURE_VOWELS, variant[i])) continue;
        for (const char *vowel = PURE_VOWELS; *vowel; vowel++) {
            variant[i] = (uint8_t)*vowel;
            offer(varying, variant, varying->length, VOWELS);
        }
        variant[i] = varying->word[i];
    }
}

/* What letters look like upside down. */
static uint8_t turned(uint8_t letter) {
    static const char upright[] = "bdpqnu", over[] = "qpdbun";
    const char *found = strchr(upright, letter);
    return found ? (uint8_t)over[found - upright] : letter;
}

static void offer_reversed(Varying *varying) {
    uint8_t variant[WIDEST];
    size_t length = varying->length;
    for (size_t i = 0; i < length; i++) variant[i] = varying->word[length - 1 - i];
    offer(varying, variant, length, REVERSED);
    for (size_t i = 0; i < length; i++) variant[i] = turned(variant[i]);
    offer(varying, variant, length, REVERSED);
}

int each_variant(const Vocabulary *vocabulary, const uint8_t *word, size_t length, int plural, Taker take, void *context) {
    Varying varying;
    if (length < SHORTEST_VARIED) return 1;
    varying.vocabulary = vocabulary;
    varying.take = take;
    varying.context = context;
    varying.word = word;
    varying.length = length;
    varying.ok = 1;
    varying.count = varying.waiting_count = 0;
    memset(varying.offered, 0, sizeof varying.offered);
    Question itself = question_of(&vocabulary->ordinary, word, length);
    remember(&varying, &itself, length);
    offer_paired(&varying);
    offer_masked(&varying);
    offer_swapped(&varying, plural);
    if (plural) offer_plural_dropped(&varying);
    else offer_dropped(&varying);
    offer_respelt(&varying, plural);
    if (!plural) {
        offer_without_vowels(&varying);
        offer_other_vowels(&varying);
    }
    offer_reversed(&varying);
    take_waiting(&varying);
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
        for (size_t k = said; i - said > j - meant && k < i; k++)
            if (word[k] >= 'a' && word[k] <= 'z' && !memchr(term + meant, word[k], j - meant)) return 0;
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
