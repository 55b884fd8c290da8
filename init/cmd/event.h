/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One event, with names for its numbers. */
#ifndef EVENT_H
#define EVENT_H

#include <stdbool.h>
#include <stdio.h>

#include "protections.h"

#define OWNER_LEN 128
#define WHEN_LEN  32

/**
 * owner_of - whose cgroup is that?
 * @path: the path of the cgroup, or NULL if it is gone
 * @id: its number
 * @out: gets "ssh.service", "container 0123456789ab (podman)", "machine deb",
 *	the path, or "cgroup 4321"
 */
const char *owner_of(const char *path, unsigned long long id,
		     char out[OWNER_LEN]);

/** owner_container - is that the cgroup of a container, and which? or NULL */
const char *owner_container(const char *path, char out[OWNER_LEN]);

/**
 * owner_path_len - the part of a path that is the owner's cgroup
 *
 * Return: its length; that of the whole path where no part is a container or
 * a unit.
 */
size_t owner_path_len(const char *path);

/**
 * owner_trusted - can a policy trust the cgroup @path?
 *
 * bpflock.policy(5) bounds the names and the number of its parts. @path has no
 * leading slash.
 */
bool owner_trusted(const char *path);

/** event_when - "2026-11-26 13:05:12.345678", local time; @iso: UTC, with T, Z */
const char *event_when(unsigned long long ns, bool iso, char out[WHEN_LEN]);

/** event_now - what to add to an event's time for the time of day, in ns */
unsigned long long event_clock(void);

/** event_user - the user's name, or the number */
const char *event_user(unsigned int uid, char out[32]);

/** event_op - the operation's name, "?" if it is unknown */
const char *event_op(const struct bpflock_event *e);

/** event_why - in words, what the operation is, or "" */
const char *event_why(const struct bpflock_event *e);

/** event_verdict - "denied" or "would-deny" */
const char *event_verdict(const struct bpflock_event *e);

/** event_clean - end the texts of an event; false: not of this version */
bool event_clean(struct bpflock_event *e);

/** event_head - the verdict, operation and object, then as event_who() */
void event_head(const struct bpflock_event *e, FILE *out);

/** event_who - "dd[713] root in ssh.service (host)" */
void event_who(const struct bpflock_event *e, FILE *out);

/** event_text - a line, without the newline */
void event_text(const struct bpflock_event *e, unsigned long long clock,
		FILE *out);

/**
 * event_json - a line: docs/events.schema.json
 * @times: how many calls it is about
 * @last_ns: when the last of them was
 * @clock: from event_clock()
 */
void event_json(const struct bpflock_event *e, unsigned long long times,
		unsigned long long last_ns, unsigned long long clock,
		FILE *out);

#endif /* EVENT_H */
