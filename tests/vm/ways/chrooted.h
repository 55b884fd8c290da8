/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes with another root directory in a mount namespace of their own, whose
 * root directory is that of the host: services that call chroot(2), and containers
 * that could not call pivot_root(2). All return 0 or -errno.
 */
#ifndef CHROOTED_H
#define CHROOTED_H

/* need_chrooted - a service with another root, and a process that is none */
const char *need_chrooted(void);

struct victim;

/*
 * enter_mounts_of - enter the mount namespace of a victim by /proc/PID/ns, from
 * another root directory, and look for the host's root directory there
 */
int enter_mounts_of(const struct victim *v);
int enter_mounts_by_pidfd(const struct victim *v);

/* Enter the mount namespace of one, and look for the host's root directory there. */
int enter_chrooted(void);
int enter_chrooted_alone(void);
int enter_chrooted_by_pidfd(void);

/* enter_over - that of a container whose root was moved over that of the host */
int enter_over(void);

/* The same directory, upwards from the root directory of the service. */
int above_chrooted(void);

/* trace_chrooted - the service */
int trace_chrooted(void);

/* chrooted_traces - what the service itself may do to its own child */
int chrooted_traces(void);

/* Containers with another root directory look into a process of their own. */
int debug_chrooted(void);
int debug_moved_root(void);
int debug_moved_root_apart(void); /* in a mount namespace of its own */

#endif /* CHROOTED_H */
