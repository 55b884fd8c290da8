#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pre-pivot hook, sourced by dracut where the initramfs has no systemd

/usr/sbin/bpflock-init --root "$NEWROOT"
case $? in
0 | 1 | 65 | 69 | 71 | 77) ;; # reported, and on_error= carried out
*) die "bpflock: bpflock-init failed: the kernel is not locked" ;;
esac
