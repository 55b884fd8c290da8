# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: self
#
# kernel.ftrace_enabled was open before the lock was loaded. That descriptor
# cannot be taken back: bpflock-init reports it.

boot boot "hold_ftrace=1 bpflock.kimg=restrict"
what="ftrace_enabled held open"
expect "$what: exit status" tap '^# status 1$'
expect "$what: by whom" tap \
	'process 1 (init) has kernel.ftrace_enabled open'
expect "$what: the summary tells" tap \
	'NOT LOCKED AS ASKED: kimg=restrict ftrace_enabled=HELD'
expect "$what: the rest is in force" tap '^# autoload host 0 mntns 1$'
expect "$what: status tells too" tap '^# bpflock status: 1$'
