/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file systems that are needed, mounted where they are missing. */
#ifndef MOUNTS_H
#define MOUNTS_H

#define BPFFS "/sys/fs/bpf"

/**
 * mounts_prepare - make /proc, /sys, securityfs and bpffs available
 *
 * What is mounted already is used and never covered: a second bpffs would
 * hide the pins of the first. Options are those of systemd
 * (src/shared/mount-setup.c).
 *
 * Return: 0 or -errno, reported.
 */
int mounts_prepare(void);

/** mounts_devices - /dev with the console in it, for PID 1; 0 or -errno */
int mounts_devices(void);

#endif /* MOUNTS_H */
