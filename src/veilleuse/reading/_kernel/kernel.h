/* The reader in C. docs/reading.md is the contract; words.py and twin.py keep the same one in Python, function by
   function under the same names. Nothing here knows of Python but module.c; nothing is global but constants. */
#ifndef VEILLEUSE_KERNEL_H
#define VEILLEUSE_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "refusals.h"

enum { HIDDEN = 0, MARK = 1, BREAK = '\n', SEPARATOR = ' ', BLANK = '*' };

/* What a folded byte is, as flags. */
enum {
    LETTER = 1,
    DIGIT = 2,
    LIGATURE = 4,
    SIGN = 8,
    AROUND = 16,  /* a sign that stands around a word more often than in it */
    LONE = 32,    /* may stand alone as a letter of a word spelt out */
    BETWEEN = 64, /* may stand between such letters */
    SPECIAL = 128 /* asks for the pass that takes off markdown, escapes and what is ignored */
};
enum { IN_WORD = LETTER | DIGIT | LIGATURE };

enum { LONGEST_WORD = 80, LONGEST_DISGUISED = 48, SHORTEST_GLUED = 3, SHORTEST_DOUBLE = 6, SHORTEST_JOINED = 4, SHORTEST_FRONTED = 5, LONGEST_EDGE = 5 };
enum { EDGE_BITS = 18, WHOLE_BITS = 12, FIVE_BITS = 17, SIZE_BITS = 11, LONGEST_SIZE = 63 }; /* of the tables of a vocabulary */

/* In the order of veilleuse.reading.finding.Disguise, which is the order of preference. */
typedef enum {
    PLAIN, MARKS, REPEAT, INVISIBLE, LOOKALIKE, MASKED, SPLIT, JOINED, DROPPED, SWAPPED, PHONETIC, VOWELS, REVERSED
} Disguise;

typedef struct { uint32_t start, end, term; uint8_t disguise; } Hit;
typedef struct { Hit *items; size_t count, room; int failed; } Hits;

int grow_more(void **items, size_t *room, size_t wanted, size_t size);
static inline int grow(void **items, size_t *room, size_t wanted, size_t size) {
    return wanted <= *room || grow_more(items, room, wanted, size);
}
void add_hit(Hits *hits, uint32_t start, uint32_t end, uint32_t term, Disguise disguise);

/* What the pen slips into by itself. */
static inline int is_slip(int disguise) {
    return disguise == REPEAT || disguise == LOOKALIKE || disguise == DROPPED || disguise == SWAPPED || disguise == PHONETIC ||
           disguise == VOWELS;
}

/* room.c: memory for what is read all over, on large pages where the system has them, for free() to let go; or NULL. */
void *far_room(size_t bytes);
/* Moves what has grown there, if it is much and there is room. */
void move_far(void **items, size_t bytes);

/* table.c: sets and multimaps from words to numbers, in the order in which they were added. */
typedef struct { uint64_t hash; uint32_t key, length, head, tail; } Slot;
typedef struct { uint32_t value, next; } Node;
typedef struct {
    Slot *slots; uint8_t *tags; size_t size, used; /* a tag is 0 where the slot is empty: nearly all one asks for is not there */
    Node *nodes; size_t node_count, node_room;
    uint8_t *keys; size_t key_count, key_room;
} Table;
enum { NONE = 0xffffffff };

int table_add(Table *table, const uint8_t *word, size_t length, uint32_t value);
int table_add_hash(Table *table, uint64_t hash, uint32_t value);
uint32_t table_find(const Table *table, const uint8_t *word, size_t length);
uint32_t table_find_hash(const Table *table, uint64_t hash);
/* No more is added. */
void table_close(Table *table);
void table_free(Table *table);

/* A set of numbers. */
typedef struct { uint32_t *items; size_t size, used; int zero; } Set; /* 0 is an empty place, and known apart */

int set_make_room(Set *set, size_t more);
int set_has(const Set *set, uint32_t number);
/* Where there is room: whether the number is new. */
int set_add(Set *set, uint32_t number);
void set_soon(const Set *set, uint32_t number);
void set_free(Set *set);

/* fold.c */
typedef struct {
    const uint8_t *pages; size_t length;
    uint8_t first[256], kinds[256], merged[256];
    uint8_t ligatures[256][4];
    uint8_t others[256]; /* the other letter that a doubtful glyph may be, 0 where there is none */
} Fold;

typedef struct { const void *data; size_t length; int kind; } Text;

uint8_t fold_point(const Fold *fold, uint32_t point);
/* Writes text->length bytes; returns the flags of all of them. */
unsigned fold_text(const Fold *fold, const Text *text, uint8_t *folded);
/* Whether folding has more to do at that place of a text of one byte a character than to replace each by another. */
int takes_off(const Fold *fold, const uint8_t *bytes, size_t length, size_t place);
/* Turns what stands under an override as it is shown, `places` saying where each byte stood. */
void turn_over(const Text *text, uint8_t *folded, uint32_t *places);
/* How many characters of the text there are one percent-escape, three for each byte it stands for; or none. */
size_t escaped(const Fold *fold, const Text *text, size_t place);
/* Takes off what nobody sees; returns how many bytes stay, `places` saying where each stood that stood there. The flags of
   what was escaped are added. */
size_t fold_visible(const Fold *fold, uint8_t *folded, size_t length, uint32_t *places, unsigned *flags);

/* ordinary.c */
typedef struct {
    const uint8_t *bits; uint64_t size; /* a power of two */
    uint32_t crc[256];
    uint32_t seen[LONGEST_WORD + 1];    /* by a word's length, what the mark behind it makes of its checksum backwards */
} Ordinary;

void ordinary_prepare(Ordinary *ordinary);
int is_ordinary(const Ordinary *ordinary, const uint8_t *word, size_t length);
int is_frequent(const Ordinary *ordinary, const uint8_t *word, size_t length);
/* Ordinary, or at least met in ordinary talk, be it a slip of the pen. */
int is_seen(const Ordinary *ordinary, const uint8_t *word, size_t length);
/* Of up to three letters, only a word that many people use. */
int is_whole(const Ordinary *ordinary, const uint8_t *word, size_t length);

/* The same of a word in ASCII, asked in two steps: memory is far, and what is asked of many words at a time arrives while
   the next ones are prepared. */
typedef struct { uint32_t forth, back, seen_forth, seen_back; } Question; /* checksums: of the word, with its mark if it is seen */

Question question_of(const Ordinary *ordinary, const uint8_t *word, size_t length);
Question question_of_whole(const Ordinary *ordinary, const uint8_t *word, size_t length);
void ask_ahead(const Ordinary *ordinary, const Question *question, int seen);
/* What is_seen says, or is_ordinary, or is_whole. */
int says_yes(const Ordinary *ordinary, const Question *question, int seen);

/* index.c: the forms of words, by their keys. */
typedef struct { uint32_t word, term; uint16_t tag; uint8_t length, disguise; } Form;
typedef struct {
    Form *forms; size_t count, room;
    uint32_t *places; size_t place_room; /* of each form, while they are added; then, where each place begins among them */
    int shift;                           /* what leaves of a place as much as there are places */
} Index;
typedef struct { const Form *next, *end; uint16_t tag; } Shelf;

int index_add(Index *index, uint64_t key, Form form);
/* No more is added: each form is put in its place. */
int index_close(Index *index);
/* Asks ahead for where those of a key stand, then for the first of them: both are far. */
void index_ahead(const Index *index, uint64_t key);
void forms_ahead(const Index *index, uint64_t key);
/* Where the forms of that key stand, in the order in which they were added, and maybe others; then the next of them, or
   NULL. */
Shelf index_find(const Index *index, uint64_t key);
const Form *next_form(Shelf *shelf);
void index_free(Index *index);

/* vocabulary.c */
typedef struct { uint32_t word, term; uint8_t length; } Sought;
typedef struct { uint32_t words, term; uint8_t count, anchor; } Phrase; /* words: index in word_ends */
typedef struct { uint16_t concept; uint8_t exact, phrase, clearing, ordinary, private; } Term;
typedef struct { uint8_t from[4], to[4]; uint8_t from_length, to_length, together; } Respelling;

typedef struct {
    Fold fold;
    uint8_t codes[256], first_codes[256], letter_codes[256]; /* gate.c: of a folded byte, of a byte of a text, in a key */
    uint8_t steps[128], fold_steps[128];                    /* row.c: of what ASCII is looked up as, from each to the one STEP on */
    Ordinary ordinary;
    Respelling respellings[64]; size_t respelling_count;
    uint64_t respelt[256];                                  /* by a letter, a bit for each respelling that begins with it */
    Term *terms; size_t term_count;
    int newer;                                              /* whether the processor has what the fast ways ask for */
    unsigned off;                                           /* a bit for each disguise not to be looked for */
    Table plain, ended, openings, anchors, by_letter;
    Index forms;
    Set pieces;                                             /* while terms are added: pieces the gate knows */
    size_t longest;                                         /* letters of a word sought in disguise */
    Table anchor_keys;                                      /* by the key of its anchor, each phrase */
    Table known;                                            /* the words of plain and ended */
    Table other_keys;                                       /* keys that open the gate and may be of no form */
    Sought *sought; size_t sought_count, sought_room;
    Phrase *phrases; size_t phrase_count, phrase_room;
    uint8_t *letters; size_t letter_count, letter_room;     /* the words of forms, sought words and phrases */
    uint32_t *word_ends; size_t word_count, word_room;      /* pairs: offset and length in `letters` */
    uint64_t *word_keys; size_t word_key_room;              /* of the words of phrases, as they stand in word_ends */
    uint64_t *gate; size_t gate_mask; uint64_t *keys; size_t key_count, key_room;
    uint64_t *any; size_t any_mask;                         /* of keys asked first, one bit */
    uint64_t fives[2][1 << FIVE_BITS >> 6];                 /* the first and the last five letters of words of four and more */
    uint8_t places[256][8];                                 /* of each byte, where its bits are */
    int brief;                                              /* whether a word sought has but three letters */
    uint64_t whole[1 << WHOLE_BITS];                        /* the words sought in disguise, hashed */
    uint64_t sizes[2][1 << SIZE_BITS];                      /* by their first five letters, or last, a bit for how many they have */
    uint64_t edges[2][1 << EDGE_BITS >> 6];                 /* how words begin and end: three letters to five, and eight, hashed */
    uint32_t shapes[26][LONGEST_DISGUISED + 1];             /* by first letter and length: the last letters of words */
} Vocabulary;

/* `plain` leaves what only newer processors have. */
void vocabulary_prepare(Vocabulary *vocabulary, int plain);
int vocabulary_add(Vocabulary *vocabulary, uint32_t term, const uint8_t *const *words, const size_t *lengths, size_t count);
int vocabulary_close(Vocabulary *vocabulary);
void vocabulary_free(Vocabulary *vocabulary);

typedef struct { uint32_t start, end; } Span;

/* gate.c: which words and chunks of many texts may hold something, in one pass. */
enum { ODD = 128 }; /* of the code of a byte: the text asks for the slower fold */
enum { STEP = 16 };
enum { FULL = 1 << 15 }; /* places in a row: a few hundred texts of chat, still in the nearest caches */

typedef struct { uint32_t start; uint8_t moved, open; } Placed; /* a text in the row; whether folding took some off; why to read it */

typedef struct {
    uint8_t *codes; size_t code_room, length;               /* the texts, one after the other */
    uint32_t *bounds; size_t bound_room, bound_count;       /* where words begin and end, in turn */
    uint32_t *odd; size_t odd_room, odd_count;              /* a place in each chunk with inner signs, or letters beside digits */
    uint64_t *keys; size_t key_room;                        /* of each word */
    uint8_t *flags; size_t flag_room;                       /* of each word: what it may be */
    uint32_t *passing; size_t passing_room;                 /* words whose key opens anything: twice, and one where doubled */
    uint32_t *wide; size_t wide_room;                       /* words with room for two */
    uint32_t *glued; size_t glued_room;                     /* those that begin or end as a term does */
    uint32_t *suspects; size_t suspect_room, suspect_count; /* words that pass */
    uint32_t *openings; size_t opening_room, opening_count; /* words that, with those behind them, begin as a term does */
    uint32_t *anchors; size_t anchor_room, anchor_count;    /* words that may be of a phrase */
    uint32_t *lone; size_t lone_room, lone_count;           /* words that begin three letters standing alone */
} Gate;

void gate_prepare(Vocabulary *vocabulary);
int gate_is_newer(void);
void gate_clear(Gate *gate);
/* row.c: as fold_text does, be it quicker. */
unsigned fold_whole(const Vocabulary *vocabulary, const Text *text, uint8_t *folded);
/* Adds a text of folded bytes behind those before it; 0 where memory ran out. */
int gate_add_folded(const Vocabulary *vocabulary, Gate *gate, const uint8_t *folded, size_t length);
/* Adds a text, and returns ODD where one of its codes is so, or NONE. */
unsigned gate_add(const Vocabulary *vocabulary, Gate *gate, const Text *text);
/* Adds texts as long as none of their codes is odd and the row is not full, saying where they begin; returns how many.
   None where the processor lacks what it takes to be quick at it. */
size_t gate_add_plain(const Vocabulary *vocabulary, Gate *gate, const Text *texts, size_t count, Placed *placed);
/* Takes the last text back, that began there; or lets it stand though some of its codes are odd. */
void gate_withdraw(Gate *gate, size_t start);
void gate_accept(Gate *gate, size_t start);
/* Whether a text of one byte a character, the last in the row, takes more than codes. */
int gate_takes_off(const Vocabulary *vocabulary, const Gate *gate, const Text *text);
/* Fills `keys`, `odd`, `suspects`, `openings`, `anchors` and `lone`; 0 where memory ran out. */
int gate_sift(const Vocabulary *vocabulary, Gate *gate);
/* Whether a chunk holds more than its words say: terms between digits, terms that wear signs. */
int chunk_opens(const Vocabulary *vocabulary, const uint8_t *codes, size_t length);
/* Whether a sign in front of the word there may be its first letter. */
int gate_fronts(const Gate *gate, uint32_t start);
/* Whether letters that stand alone spell something, from that word on. */
int lone_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word);
/* The chunk around that place. */
Span gate_chunk(const Gate *gate, uint32_t place);
/* Of openings listed up to there, keeps those that may begin a longer term; of words that may hold two, those whose edges
   say so. They return the end of the list. */
uint32_t *going_on(const Vocabulary *vocabulary, const Gate *gate, const uint32_t *end);
uint32_t *edged(const Vocabulary *vocabulary, const Gate *gate, const uint32_t *end);
/* Whether that word and those after it may be one term, and one of them is a piece. */
int opening_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word);
/* Whether a phrase may stand around that word. */
int anchor_opens(const Vocabulary *vocabulary, const Gate *gate, size_t word);
void gate_free(Gate *gate);

/* A word's key: its skeleton's first 16 letters, mixed. */
typedef struct { uint64_t key; int doubled; } Skeleton; /* whether a letter stands twice within the key */

Skeleton skeleton_of(const Vocabulary *vocabulary, const uint8_t *word, size_t length);
uint64_t skeleton_hash(const Vocabulary *vocabulary, const uint8_t *word, size_t length);

/* Of letters of five bits each; products of 32 bits are what several keys at a time can be made of. */
#define FIRST_MIX 0x9fb21c65u
#define SECOND_MIX 0xd6e8feb9u
enum { SECOND_ON = 3 };

static inline uint64_t mixed_key(uint64_t first, uint64_t second) {
    uint64_t both = first + (second << SECOND_ON);
    uint64_t key = (both & 0xffffffff) * FIRST_MIX + (both >> 32) * SECOND_MIX;
    return key ^ key >> 32;
}

/* The bitmap has one word for a key, and in it two bits for each kind of text word that may match. One whose letters are
   all unlike their neighbours matches only what is so as well; one that is drawn out, or doubles a letter, the others. */
enum { PLACE_BITS = 20, AT = 6 };

/* From which bits on a key gives its bits, the second shifted by AT: of a word whose letters are all unlike their
   neighbours, of one that is drawn out, and of the anchor of a phrase, which share the first, so that of most words one
   is asked; and of those pieces of a term written as several words that are no words. */
typedef enum {
    AS_ANY = 20,
    AS_WRITTEN = AS_ANY | 26 << AT, AS_DOUBLED = AS_ANY | 32 << AT, AS_ANCHOR = AS_ANY | 38 << AT,
    AS_PIECE = 44 | 50 << AT, AS_DOUBLED_PIECE = 47 | 56 << AT
} As;

/* What the bitmap is told of a key: its word in it, and the two bits. */
static inline uint32_t packed_key(uint64_t key, As as) {
    uint32_t first = (uint32_t)(key >> (as & 63)) & 63, second = (uint32_t)(key >> (as >> AT)) & 63;
    return (uint32_t)(key & ((1u << PLACE_BITS) - 1)) | first << PLACE_BITS | second << (PLACE_BITS + 6);
}

static inline int holds_key(uint64_t word, uint64_t key, unsigned as) {
    return (int)(word >> (key >> (as & 63) & 63) & word >> (key >> (as >> AT) & 63) & 1);
}

static inline int opens(const Vocabulary *vocabulary, uint64_t key, As as) {
    return holds_key(vocabulary->gate[key & vocabulary->gate_mask], key, as);
}

/* Whether a word of that key may be anything by itself: asked of the small bitmap, which is near, before the large one. */
static inline int is_open(const Vocabulary *vocabulary, uint64_t key) {
    return vocabulary->any[key & vocabulary->any_mask] >> (key >> AS_ANY & 63) & 1 &&
           (opens(vocabulary, key, AS_WRITTEN) || opens(vocabulary, key, AS_DOUBLED));
}

/* Whether the gate was opened to just that key, be it of a word as written or of one drawn out. */
static inline int has_key(const Vocabulary *vocabulary, uint64_t key) {
    Shelf shelf = index_find(&vocabulary->forms, key);
    return next_form(&shelf) || table_find_hash(&vocabulary->other_keys, key) != NONE;
}

/* opening.c: whether a word of that size may be two terms, or a term of four letters or more and another word. Eight codes
   are read before it, and sixteen from any of its letters on. */
int holds_two(const Vocabulary *vocabulary, const uint8_t *codes, uint32_t size);
/* What tells a word of so many letters from others. */
uint64_t term_hash(const uint8_t *codes, uint32_t size);

/* forms.c */
typedef int (*Taker)(void *context, const uint8_t *variant, size_t length, Disguise disguise);
int each_variant(const Vocabulary *vocabulary, const uint8_t *word, size_t length, int plural, Taker take, void *context);
int draws_out(const uint8_t *merged, const uint8_t *word, size_t length, const uint8_t *term, size_t wanted);
int alike(const Fold *fold, const uint8_t *word, const uint8_t *form, size_t length);

/* words.c: what one chunk holds. */
size_t spelt(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint8_t out[LONGEST_WORD]);
void word_hits(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t at, Hits *hits);
void signed_hits(const Vocabulary *vocabulary, const uint8_t *chunk, size_t length, uint32_t at, Hits *hits);
int stands_alone(const Vocabulary *vocabulary, const uint8_t *word, size_t length);
int is_sought(const Vocabulary *vocabulary, const uint8_t *word, size_t length);
void add_sought(const Vocabulary *vocabulary, const uint8_t *word, size_t length, uint32_t start, uint32_t end,
                Disguise disguise, Hits *hits);
/* Terms in disguise that letters make which were set apart; whether there are any. */
int apart_hits(const Vocabulary *vocabulary, const uint8_t *letters, size_t length, uint32_t start, uint32_t end, Hits *hits);

/* spelled.c */
void spelled_hits(const Vocabulary *vocabulary, const uint8_t *letters, const uint32_t *places, size_t count, Hits *hits);

/* Letters that stand one by one, looked at together, and the longest term sought in them. */
enum { MOST_SPELLED = 201, LONGEST_SPELLED = 24 };

/* What a word of the gate may be: a hit by itself, the anchor of a phrase, part of a chunk that holds more than its words
   say, or the first of several that make a term. */
enum { MAY_HIT = 1, MAY_ANCHOR = 2, IN_OPEN_CHUNK = 4, MAY_OPEN = 8, MAY_BE_ALL = 15 };
/* Why a text is read: for words by themselves, chunks, phrases, letters that stand alone, pieces of a term. */
enum { FOR_WORDS = 1, FOR_CHUNKS = 2, FOR_PHRASES = 4, FOR_LETTERS = 8, FOR_PIECES = 16, FOR_ALL = 31 };

/* passage.c: what a folded text holds, read where the gate says it may. */
typedef struct {
    const uint8_t *seen; size_t length;
    const uint32_t *bounds; uint32_t offset; /* where words begin and end, counted from there */
    const uint8_t *flags; size_t words;
    unsigned reasons;
} Passage;
typedef struct {
    uint8_t *folded; size_t folded_room;
    uint32_t *places; size_t place_room;
    uint32_t *links; size_t link_room;
    Hits hits, standing;
} Scratch;

/* What stands is in `standing`, in the order of its places. */
void read_passage(const Vocabulary *vocabulary, Scratch *scratch, const Passage *passage);
/* The same of hits that are there already. */
void settle_hits(const Vocabulary *vocabulary, Scratch *scratch);
void sort_hits(Hits *hits);
void scratch_free(Scratch *scratch);

/* scan.c: the gate, then the passage. A scan goes with one vocabulary. */
typedef struct {
    Gate gate;
    Scratch scratch;
    Refusals refusals;
    Hits kept;              /* in words by themselves, in places of the row */
    Placed *placed; size_t placed_room, placed_count;
    size_t shown;           /* the text that stands folded in scratch, counted from one */
    size_t shown_length;
} Scan;

/* Called with what stands in one of the texts, in places of that text, in the order of the texts; 0 stops. */
typedef int (*Teller)(void *context, size_t text, const Hit *hits, size_t count);

/* 0 where memory ran out or `tell` stopped it. */
int scan_texts(const Vocabulary *vocabulary, Scan *scan, const Text *texts, size_t count, Teller tell, void *context);
void scan_free(Scan *scan);

#endif
