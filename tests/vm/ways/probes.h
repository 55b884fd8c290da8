/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ways to make uprobes. Each one that is made is taken away again. */
#ifndef PROBES_H
#define PROBES_H

const char *need_uprobes(void);
const char *need_uprobes_32(void);
const char *need_uprobe_links(void);

int uprobe_events(void);
int dynamic_events(void);
int uprobe_perf(void);
int uprobe_perf_32(void);
int uprobe_link(void);

/* innocent: count what the caller itself does */
int perf_of_oneself(void);

#endif /* PROBES_H */
