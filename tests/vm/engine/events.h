/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `bpflock events --json` reports. */
#ifndef EVENTS_H
#define EVENTS_H

/* events_forget - from here on count anew */
void events_forget(void);

/* events_has - an event of that operation and verdict since then? */
int events_has(const char *key, const char *op, const char *verdict);

#endif /* EVENTS_H */
