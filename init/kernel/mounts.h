/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mount the file systems that the lock needs, where they are missing. */
#ifndef MOUNTS_H
#define MOUNTS_H

#define BPFFS "/sys/fs/bpf"

/**
 * mounts_prepare - make /proc, /sys, securityfs and bpffs available
 *
 * A file system that is mounted already is used and never covered: a second
 * bpffs would hide the pins in the first. The mount options are those of
 * systemd (src/shared/mount-setup.c).
 *
 * Return: 0 or -errno, reported.
 */
int mounts_prepare(void);

/** mounts_devices - mount /dev, which PID 1 needs; 0 or -errno */
int mounts_devices(void);

#endif /* MOUNTS_H */
