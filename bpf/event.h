/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reporting: a request that a protection denies, or audits, is counted and
 * becomes an event in the ring. shared.bpf.c has this code for all protections.
 */
#ifndef EVENT_H
#define EVENT_H

#include "cgroup.h"
#include "maps.h"
#include "report.h"

/*
 * The verifier follows each branch to the end of report(). So what cannot happen
 * (a map without the element) ends it, and sums stand for comparisons.
 */

/* count - add one to the counter of the request's operation; false: no counter */
static __always_inline bool count(const struct request *r,
				  enum bpflock_verdict verdict)
{
	struct bpflock_counter *c;
	__u32 key = r->op;

	c = bpf_map_lookup_elem(r->counters, &key);
	if (!c)
		return false;
	if (verdict == BPFLOCK_DENIED)
		__sync_fetch_and_add(&c->denied, 1);
	else
		__sync_fetch_and_add(&c->audited, 1);
	return true;
}

/* not_loader - 0 for a thread of the loader of the record, as is_loader_task() */
static __always_inline __u64 not_loader(const volatile struct bpflock_record *p,
					const struct task_struct *t)
{
	__u64 start = READ(READ(t, group_leader), start_boottime);
	__u64 diff = (__u32)READ(t, tgid) ^ p->loader_pid;

	diff |= start / BPFLOCK_START_NS ^ p->loader_start;
	return (diff | -diff) >> 63;
}

/**
 * tries_out - is the caller the loader of the record, or a child of it?
 *
 * The fire check of the loader (init/kernel/probe.c) makes calls that the record
 * may deny. These are no news. Nobody else is meant: see is_loader().
 */
static __always_inline bool tries_out(const volatile struct bpflock_record *p,
				      const struct task_struct *t)
{
	return p->loader_pid &&
	       !(not_loader(p, t) & not_loader(p, READ(t, real_parent)));
}

/* ---- What takes room in the ring ---------------------------------------- */

/* up_to - the level, or the highest one of which there is a share */
static __always_inline __u64 up_to(__s64 level, int highest)
{
	__s64 more = level - highest;

	return level - (more & ~(more >> 63));
}

/*
 * unread - the bytes of the ring that the events of a share take
 * @read: how many bytes readers have taken out of the ring, of all that was in it
 */
static __always_inline __u64 unread(struct bpflock_share *s, __u64 read)
{
	s->events &= (__s64)(read - s->end) >> 63;
	return s->events * sizeof(struct bpflock_event);
}

/*
 * has_room - does the caller's cgroup have room in the ring, for one more event?
 * @c: the cgroup
 * @read: see unread()
 * @end: where that event begins or later, as the ring counts bytes
 *
 * A cgroup of the second level (system.slice/ssh.service, most containers) has a
 * quarter of the ring, with all that is below it. Of that, each cgroup down to the
 * fourth level (a container of Kubernetes) has half. A process may make more
 * cgroups below its own, and gets no more room by it. Where cgroup2 is not used,
 * nothing tells one cgroup from another: there the whole ring is the share.
 */
static __always_inline bool has_room(const struct cgroup *c, __u64 read,
				     __u64 end)
{
	__u64 size = bpf_ringbuf_query(&events, BPF_RB_RING_SIZE);
	__s64 level = READ(c, level);
	__u32 slot = ancestor_id(c, up_to(level, 4)) % BPFLOCK_SHARES;
	struct bpflock_share *lower, *upper;

	/* 16 times as much at level 0, which is no limit */
	size <<= (__u64)(level - 1) >> 63 << 2;
	slot += BPFLOCK_SHARES;
	lower = bpf_map_lookup_elem(&events_shares, &slot);
	slot = ancestor_id(c, up_to(level, 2)) % BPFLOCK_SHARES;
	upper = bpf_map_lookup_elem(&events_shares, &slot);
	if (!lower || !upper)
		return false;
	if ((__s64)((unread(lower, read) - size / 8) &
		    (unread(upper, read) - size / 4)) >= 0)
		return false;
	lower->events++;
	upper->events++;
	lower->end = upper->end = end;
	return true;
}

/*
 * kind_of - the entry of a kind; made if there is none; NULL: there is no memory
 */
static __always_inline struct bpflock_seen *kind_of(const struct bpflock_kind *k)
{
	const struct bpflock_seen none = {};

	bpf_map_update_elem(&events_kinds, k, &none, BPF_NOEXIST);
	return bpf_map_lookup_elem(&events_kinds, k);
}

/* again - there is one more call of the kind */
static __always_inline void again(struct bpflock_seen *s)
{
	__sync_fetch_and_add(&s->times, 1);
	s->last_ns = bpf_ktime_get_boot_ns();
}

/* is_repeated - is there an event of the kind to be read? Then count the call. */
static __always_inline bool is_repeated(const struct bpflock_kind *k,
					__u64 read)
{
	struct bpflock_seen *s = bpf_map_lookup_elem(&events_kinds, k);

	if (!s || s->end <= read)
		return false;
	again(s);
	return true;
}

/* lose - count a call that gets no event */
static __always_inline void lose(void)
{
	__u32 key = 0;
	__u64 *lost = bpf_map_lookup_elem(&events_lost, &key);

	if (lost)
		__sync_fetch_and_add(lost, 1);
}

/* ---- The event ----------------------------------------------------------- */

/*
 * about - a hash of what the request is about
 *
 * Most dentries have a hash of their name. Those of a memfd and of other files
 * without a directory do not (fs/file_table.c:alloc_file_pseudo()).
 */
static __always_inline __u32 about(const volatile struct bpflock_record *p,
				   const struct request *r)
{
	__u64 hash = (__u32)r->detail;
	const char *from = r->object;
	struct name name = {};

	if (r->dentry) {
		__u32 own = r->dentry->d_name.hash;

		if (own)
			return BPFLOCK_DIR_HASH(hash, own) >> 32;
		from = (const char *)r->dentry->d_name.name;
	}
	if (from && p->read_strings) {
		bpf_probe_read_kernel_str(&name, sizeof(name), from);
#pragma unroll
		for (int i = 0; i < NAME_LEN / 8; i++)
			hash = BPFLOCK_DIR_HASH(hash, name.word[i]);
	}
	return hash >> 32;
}

/* The name of the object. Where no helper may read: a short one of a file. */
static __always_inline void
event_object(struct bpflock_event *e, const volatile struct bpflock_record *p,
	     const struct request *r)
{
	const char *from = r->object;

	__builtin_memset(e->object, 0, sizeof(e->object));
	if (r->dentry) {
		if (!p->read_strings) {
			dentry_name(r->dentry, (struct name *)e->object);
			return;
		}
		from = (const char *)r->dentry->d_name.name;
	}
	if (p->read_strings)
		bpf_probe_read_kernel_str(e->object, sizeof(e->object), from);
}

/* fill - all of an event that the kind does not have */
static __always_inline void fill(struct bpflock_event *e, struct task_struct *t)
{
	e->pid = READ(t, tgid);
	e->tid = READ(t, pid);
	e->ppid = READ(READ(t, real_parent), tgid);
#pragma unroll
	for (int ns = 0; ns < BPFLOCK_NSS; ns++)
		e->ns_inum[ns] = ns_inum(t, ns);
}

static __always_inline void fill_kind(struct bpflock_event *e,
				      const struct bpflock_kind *k)
{
	e->cgroup = k->cgroup;
	e->uid = k->uid;
	e->protection = k->protection;
	e->op = k->op;
	e->verdict = k->verdict;
	e->host = k->host;
	e->about = k->about;
	__builtin_memcpy(e->comm, k->comm, sizeof(e->comm));
}

__hidden void report(const volatile struct bpflock_record *p,
		     const struct request *r, enum bpflock_verdict verdict,
		     bool host)
{
	struct task_struct *t = current_task();
	const struct cgroup *c = task_cgroup(t);
	struct bpflock_kind k = {};
	struct bpflock_event *e;
	struct bpflock_seen *s;
	__u64 read, end;

	if (tries_out(p, t) || !count(r, verdict))
		return;
	k.cgroup = READ(READ(c, kn), id);
	k.uid = READ(READ(t, cred), uid.val);
	k.about = about(p, r);
	k.protection = r->protection;
	k.op = r->op;
	k.verdict = verdict;
	k.host = host;
	bpf_get_current_comm(k.comm, sizeof(k.comm));
	read = bpf_ringbuf_query(&events, BPF_RB_CONS_POS);
	if (is_repeated(&k, read))
		return;
	end = bpf_ringbuf_query(&events, BPF_RB_PROD_POS) + 1;
	e = NULL;
	s = has_room(c, read, end) ? kind_of(&k) : NULL;
	if (s) {
		again(s);
		e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	}
	if (!e) {
		lose();
		return;
	}
	s->end = end;
	e->time_ns = s->last_ns;
	e->times = s->times;
	e->detail = r->detail;
	fill_kind(e, &k);
	fill(e, t);
	event_object(e, p, r);
	bpf_ringbuf_submit(e, 0);
}

#endif /* EVENT_H */
