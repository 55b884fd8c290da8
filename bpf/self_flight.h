/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * self: a lazy unmount and what brings mounts below others do not overlap.
 *
 * An unmount propagates to peers. So a copy of /sys that is a peer of it must
 * not be unmounted, and the walk of self_chain.h finds one that is below the
 * mount that goes. But the kernel calls the hook before it locks the mounts: a
 * copy that comes in between goes as well. mount(2) does not tell its hook what
 * it is about to copy, and an unmount without MNT_DETACH fails if there is
 * anything below. So of the two kinds of call, one is denied while another task
 * is in one of the other kind: each enters itself before it looks.
 *
 * This needs bpf_for_each_map_elem() (5.13); without it nothing is denied.
 */
#ifndef SELF_FLIGHT_H
#define SELF_FLIGHT_H

#include "syscall.h"

#include "self_moves.h"

#define FLIGHTS 1024 /* tasks that have made such calls, until they end */

enum flight_kind {
	FLIGHT_UNMOUNT = 1,
	FLIGHT_COPY = 2, /* or a move of a mount with others below it */
};

/* No task ever has the same again. */
struct flight_key {
	__u64 start; /* start_boottime */
	__u64 pid;
};

struct flight {
	__u64 task; /* its address */
	__u64 at; /* the address of the number of the call */
	__u64 call; /* that number: the task is in the call as long as it is there */
	__u64 kind; /* enum flight_kind */
	__u64 mount; /* that goes, its address; 0 for the other kind */
	__u64 calls; /* their number; counting is the barrier */
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, FLIGHTS);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct flight_key);
	__type(value, struct flight);
} self_flights SEC(".maps");

#ifdef OLD_KERNEL

static __always_inline bool flights_cross(unsigned int mover,
					  enum flight_kind kind, __u64 mount)
{
	(void)mover;
	(void)kind;
	(void)mount;
	return false;
}

#else

/* A walk over a mount and its peers. */
struct peers {
	__u64 first;
	__u64 at;
	__u64 hit; /* 1: one is in the mount namespace of the current task */
};

/* next_peer - look at a mount, and go on to its next peer; 1 at the end */
static __noinline long next_peer(__u32 i, struct peers *p)
{
	__u64 m = p->at;
	__u32 inum = AT(mnt_namespace, AT(mount, m, mnt_ns), ns.inum);

	p->hit |= same(inum, ns_inum(current_task(), BPFLOCK_NS_MNT));
	p->at = AT(mount, m, mnt_share) - OFFSET(mount, mnt_share);
	return p->at == p->first || p->hit;
}

/*
 * has_peers - can there be peers of the mount that the bpffs is on in the mount
 * namespace of the current task?
 *
 * In the initial one there can be at any time: it is there, and its propagation
 * can be changed (mount_setattr(2) has no hook). Elsewhere a mount that is no
 * peer does not become one (self_move_mount).
 */
static __noinline bool has_peers(unsigned int mover)
{
	struct peers p;
	struct ours o;

	if (mover & MOVER_INITIAL)
		return true;
	if (find_ours(&o) && !LIST_HAS_HEAD)
		return true;
	if (!o.first)
		return sealed();
	p.first = p.at = AT(mount, o.first, mnt_parent);
	p.hit = is_zero(is_zero(AT(mount, p.at, mnt_master)));
	if (!p.hit)
		REPEAT(next_peer, &p);
	return p.hit || p.at != p.first;
}

enum bpf_func_id___each {
	BPF_FUNC_for_each_map_elem___each = 164,
};

#define HAS_EACH                                            \
	bpf_core_enum_value_exists(enum bpf_func_id___each, \
				   BPF_FUNC_for_each_map_elem___each)

struct look {
	struct flight_key self;
	__u64 found; /* the kinds that other tasks are in */
};

/*
 * under_way - is the task of the entry still in its call?
 *
 * A mount that is gone has no namespace any more. Its file system may be written
 * out for a long time after that, in the same call.
 */
static __always_inline bool under_way(const struct flight *f)
{
	return word_at(f->at) == f->call &&
	       (!f->mount || AT(mount, f->mount, mnt_ns));
}

/* next_flight - look at one entry, and delete that of a task that has ended */
static long next_flight(struct bpf_map *map, struct flight_key *key,
			struct flight *f, struct look *l)
{
	__u64 lives =
		same(AT(task_struct, f->task, start_boottime), key->start) &
		same((__u32)AT(task_struct, f->task, pid), key->pid) &
		is_zero((__u32)AT(task_struct, f->task, exit_state));

	if (!lives)
		bpf_map_delete_elem(map, key);
	else if (key->pid != l->self.pid && under_way(f))
		l->found |= f->kind;
	return 0;
}

/*
 * enter - write down the call of the current task
 *
 * A new entry is complete when it comes into the map: next_flight() of another
 * task would take an empty one for that of a task that has ended.
 * The addition is a barrier between entering and looking. Return: false if there
 * is no room.
 */
static __always_inline bool enter(const struct flight_key *key,
				  const struct flight *now)
{
	struct flight *f = bpf_map_lookup_elem(&self_flights, key);

	if (f) {
		f->kind = 0;
		f->at = now->at;
		f->call = now->call;
		f->mount = now->mount;
		f->kind = now->kind;
	} else {
		bpf_map_update_elem(&self_flights, key, now, BPF_NOEXIST);
		f = bpf_map_lookup_elem(&self_flights, key);
	}
	if (f)
		__sync_fetch_and_add(&f->calls, 1);
	return f;
}

/**
 * flights_cross - is another task in a call of the other kind?
 * @mover: the current task, enum mover
 * @kind: the kind of its call
 * @mount: the mount that goes, its address, or 0
 *
 * Return: true too if more than FLIGHTS tasks that live have made such calls.
 */
static __noinline bool flights_cross(unsigned int mover, enum flight_kind kind,
				     __u64 mount)
{
	struct task_struct *t = current_task();
	struct flight now = {};
	struct look l;
	bool entered;

	if (!HAS_EACH || !(mover & MOVER_BOUND) || !has_peers(mover))
		return false;
	l.self.start = READ(t, start_boottime);
	l.self.pid = READ(t, pid);
	l.found = 0;
	now.task = number(t);
	now.at = number(ENTRY_NUMBER(entry_regs()));
	now.call = word_at(now.at);
	now.mount = mount;
	now.kind = kind;
	entered = enter(&l.self, &now);
	bpf_for_each_map_elem(&self_flights, next_flight, &l, 0);
	return !entered || l.found & ~(__u64)kind;
}

#endif /* OLD_KERNEL */

#endif /* SELF_FLIGHT_H */
