// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "cmd/event.h"
#include "cmd/history.h"

static bool add(struct folded **list, size_t *n, size_t *room,
		const struct bpflock_event *e)
{
	struct folded *f = *list;

	while (f < *list + *n && !fold_same(&f->e, e))
		f++;
	if (f < *list + *n) {
		fold_more(f, e);
		return true;
	}
	if (*n == *room) {
		*room = *room ? 2 * *room : FOLD_BACK;
		f = realloc(*list, *room * sizeof(*f));
		if (!f)
			return false;
		*list = f;
	}
	fold_start(&(*list)[(*n)++], e);
	return true;
}

/* What the kernel has counted since the last event of each kind. */
static void count_calls(const struct ring *ring, struct folded *list, size_t n)
{
	struct bpflock_seen seen;

	for (size_t i = 0; i < n; i++)
		if (ring_seen(ring, &list[i].e, &seen))
			fold_seen(&list[i], &seen);
}

struct folded *history_read(struct ring *ring, size_t *n)
{
	struct folded *list = NULL;
	struct bpflock_event e;
	size_t room = 0;

	*n = 0;
	while (ring_next(ring, &e))
		if (event_clean(&e) && !add(&list, n, &room, &e))
			break;
	count_calls(ring, list, *n);
	return list;
}
