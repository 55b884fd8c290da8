/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Send events to systemd's journal. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdio.h>

#include "bpf/bpflock.h"

/**
 * journal_fields - an event as a datagram of the journal's native protocol
 * @e: the event
 * @times: how many events it stands for
 * @held: how many more were not sent before it
 * @clock: from event_clock()
 *
 * Every line is FIELD=value. No value has a newline in it: print_safe().
 */
void journal_fields(const struct bpflock_event *e, unsigned long long times,
		    unsigned long long held, unsigned long long clock,
		    FILE *out);

/** journal_send - the same, sent to journald; 0 or -errno */
int journal_send(const struct bpflock_event *e, unsigned long long times,
		 unsigned long long held, unsigned long long clock);

#endif /* JOURNAL_H */
