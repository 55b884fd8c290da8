#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pre-pivot hook, sourced by a dracut without systemd

# util-linux' switch_root drops /sys, and the pins with it, if it cannot be
# moved to the root.
[ -d "$NEWROOT/sys" ] ||
	die "bpflock: the root has no folder /sys, the lock would be lost: make it"

/usr/sbin/bpflock-init
case $? in
0 | 1 | 65 | 69 | 71 | 77) ;; # reported, and on_error= done
*) die "bpflock: bpflock-init failed, the kernel is not locked" ;;
esac
