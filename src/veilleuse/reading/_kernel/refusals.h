/* What was looked at and holds nothing: people use the same words all day, and some look like a term each time. */
#ifndef VEILLEUSE_REFUSALS_H
#define VEILLEUSE_REFUSALS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { REFUSED_BITS = 9, LONGEST_REFUSED = 15 };

/* Its bytes, and zeros behind them: nothing refused is all zeros, for no folded text holds one. */
typedef struct { uint64_t first, second; } Refused;
typedef struct { Refused held[1 << REFUSED_BITS]; } Refusals; /* a newer one takes the place of an older */

/* Of folded bytes, LONGEST_REFUSED at most; sixteen are read. */
static inline Refused refused_of(const uint8_t *bytes, size_t length) {
    uint64_t halves[2], all = ~0ull;
    memcpy(halves, bytes, sizeof halves);
    uint64_t first = length < 8 ? ~(all << 8 * length) : all, second = length < 8 ? 0 : ~(all << 8 * (length - 8));
    return (Refused){halves[0] & first, halves[1] & second};
}

static inline Refused *place_of_refused(Refusals *refusals, Refused refused) {
    uint64_t mixed = (refused.first ^ refused.second * 0x9e3779b97f4a7c15u) * 0x9fb21c651e98df25u;
    return &refusals->held[mixed >> (64 - REFUSED_BITS)];
}

static inline int is_refused(Refusals *refusals, Refused refused) {
    const Refused *held = place_of_refused(refusals, refused);
    return held->first == refused.first && held->second == refused.second;
}

static inline void refuse(Refusals *refusals, Refused refused) { *place_of_refused(refusals, refused) = refused; }

#endif
