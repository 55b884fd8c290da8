#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pre-pivot hook, sourced by a dracut without systemd

/usr/sbin/bpflock-init --root "$NEWROOT"
case $? in
0 | 1 | 65 | 69 | 71 | 77) ;; # reported, and on_error= done
*) die "bpflock: bpflock-init failed, the kernel is not locked" ;;
esac
