/* Memory that is read all over, of which the processor cannot keep track on small pages. */
#ifdef __linux__
#define _DEFAULT_SOURCE /* madvise */
#include <sys/mman.h>
#endif

#include "kernel.h"

#include <stdlib.h>

enum { LARGE_PAGE = 1 << 21, WORTH_A_PAGE = LARGE_PAGE / 2 }; /* bytes */

void *far_room(size_t bytes) {
#ifdef __linux__
    if (bytes >= WORTH_A_PAGE) {
        size_t pages = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
        void *room = aligned_alloc(LARGE_PAGE, pages);
        if (room) madvise(room, pages, MADV_HUGEPAGE); /* where it is refused, the pages are small */
        return room;
    }
#endif
    return malloc(bytes + !bytes);
}

void move_far(void **items, size_t bytes) {
    void *settled = bytes >= WORTH_A_PAGE ? far_room(bytes) : NULL;
    if (!settled) return;
    memcpy(settled, *items, bytes);
    free(*items);
    *items = settled;
}
