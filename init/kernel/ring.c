// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/map.h"
#include "kernel/pins.h"
#include "kernel/ring.h"

#define HEADER 8 /* bytes before each event: length and flags, page offset */

static void *map(const struct ring *r, size_t len, int prot, off_t at)
{
	void *p = mmap(NULL, len, prot, MAP_SHARED, r->fd, at);

	return p == MAP_FAILED ? NULL : p;
}

int ring_open(struct ring *r, bool take)
{
	struct bpf_map_info info = { 0 };
	uint32_t len = sizeof(info);
	char path[PIN_PATH_MAX];
	int err;

	memset(r, 0, sizeof(*r));
	pins_path(path, "events", NULL);
	/* mmap(2) of a shared map needs a writable descriptor, even to read. */
	r->fd = bpf_obj_get(path);
	if (r->fd < 0)
		return -errno;
	r->kinds = map_open(pins_path(path, "events_kinds", NULL));
	r->take = take;
	r->page = sysconf(_SC_PAGESIZE);
	if (bpf_map_get_info_by_fd(r->fd, &info, &len))
		goto fail;
	r->size = info.max_entries;
	r->consumer =
		map(r, r->page, take ? PROT_READ | PROT_WRITE : PROT_READ, 0);
	r->producer = map(r, r->page + 2 * r->size, PROT_READ, r->page);
	if (!r->consumer || !r->producer)
		goto fail;
	r->data = (const unsigned char *)r->producer + r->page;
	r->at = __atomic_load_n(r->consumer, __ATOMIC_ACQUIRE);
	return 0;
fail:
	err = -errno;
	ring_close(r);
	return err;
}

/* Events that are read stay in memory until others take their place. */
void ring_rewind(struct ring *r)
{
	unsigned long one = (HEADER + sizeof(struct bpflock_event) + 7) & ~7ul;
	unsigned long end = __atomic_load_n(r->producer, __ATOMIC_ACQUIRE);
	unsigned long start = end < r->size ? 0 : end - r->size;

	/* All events have the same size, from the first one on. */
	start = (start + one - 1) / one * one;
	for (unsigned long at = start; at < end; at += one) {
		const void *p = r->data + (at & (r->size - 1));
		uint32_t head =
			__atomic_load_n((const uint32_t *)p, __ATOMIC_ACQUIRE);

		if ((head & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT)) !=
		    sizeof(struct bpflock_event))
			return;
	}
	if (start < r->at)
		r->at = start;
}

bool ring_next(struct ring *r, struct bpflock_event *event)
{
	unsigned long end = __atomic_load_n(r->producer, __ATOMIC_ACQUIRE);

	while (r->at < end) {
		const unsigned char *p = r->data + (r->at & (r->size - 1));
		uint32_t head =
			__atomic_load_n((const uint32_t *)p, __ATOMIC_ACQUIRE);
		uint32_t len = head & ~(BPF_RINGBUF_BUSY_BIT |
					BPF_RINGBUF_DISCARD_BIT);
		bool whole = !(head & BPF_RINGBUF_DISCARD_BIT) &&
			     len == sizeof(*event);

		if (head & BPF_RINGBUF_BUSY_BIT)
			return false;
		if (whole)
			memcpy(event, p + HEADER, sizeof(*event));
		r->at += (len + HEADER + 7) & ~7ul;
		if (r->take)
			__atomic_store_n(r->consumer, r->at, __ATOMIC_RELEASE);
		if (whole)
			return true;
	}
	return false;
}

bool ring_seen(const struct ring *r, const struct bpflock_event *event,
	       struct bpflock_seen *out)
{
	struct bpflock_kind k = {
		.cgroup = event->cgroup,
		.about = event->about,
		.uid = event->uid,
		.protection = event->protection,
		.op = event->op,
		.verdict = event->verdict,
		.host = event->host,
	};

	memcpy(k.comm, event->comm, sizeof(k.comm));
	return !bpf_map_lookup_elem(r->kinds, &k, out);
}

int ring_wait(const struct ring *r, int ms)
{
	struct pollfd p = { .fd = r->fd, .events = POLLIN };

	return poll(&p, 1, ms) < 0 && errno != EINTR ? -errno : 0;
}

void ring_close(struct ring *r)
{
	if (r->consumer)
		munmap((void *)r->consumer, r->page);
	if (r->producer)
		munmap((void *)r->producer, r->page + 2 * r->size);
	close(r->fd);
	close(r->kinds); /* or -1 */
}

uint64_t ring_lost(void)
{
	char path[PIN_PATH_MAX];
	uint64_t lost = 0;
	uint32_t key = 0;
	int fd = map_open(pins_path(path, "events_lost", NULL));

	if (fd < 0)
		return 0;
	if (bpf_map_lookup_elem(fd, &key, &lost))
		lost = 0;
	close(fd);
	return lost;
}
