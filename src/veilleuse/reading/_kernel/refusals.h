/* What was looked at and holds nothing: people use the same words all day, and some look like a term each time. */
#ifndef VEILLEUSE_REFUSALS_H
#define VEILLEUSE_REFUSALS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { REFUSED_BITS = 9, LONGEST_REFUSED = 16 };

/* Its bytes, and zeros behind them, which no folded text holds: nothing refused is all zeros. */
typedef struct { uint64_t halves[2]; } Refused;
typedef struct { Refused *held; } Refusals; /* a newer one takes the place of an older; none are held before the first */

/* Of LONGEST_REFUSED folded bytes at most. */
static inline Refused refused_of(const uint8_t *bytes, size_t length) {
    Refused refused = {{0, 0}};
    memcpy(&refused, bytes, length);
    return refused;
}

static inline size_t place_of_refused(Refused refused) {
    uint64_t mixed = (refused.halves[0] ^ refused.halves[1] * 0x9e3779b97f4a7c15u) * 0x9fb21c651e98df25u;
    return (size_t)(mixed >> (64 - REFUSED_BITS));
}

static inline int is_refused(const Refusals *refusals, Refused refused) {
    return refusals->held && !memcmp(&refusals->held[place_of_refused(refused)], &refused, sizeof refused);
}

/* Where memory ran out nothing is remembered. */
static inline void refuse(Refusals *refusals, Refused refused) {
    if (!refusals->held) refusals->held = calloc(1 << REFUSED_BITS, sizeof(Refused));
    if (refusals->held) refusals->held[place_of_refused(refused)] = refused;
}

#endif
