# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12/unsealed 6.12/sealed
# about: self
#
# kernel.ftrace_enabled was open before the lock was loaded. That descriptor
# cannot be taken back: bpflock-init reports it. Under the seal it is of no use.

seal=off written=works
[ "$variant" = unsealed ] || seal=on written=denied
boot boot "hold_ftrace=1 bpflock.kimg=restrict bpflock.seal=$seal"
what="ftrace_enabled held open, seal=$seal"
expect "$what: exit status" tap '^# status 1$'
expect "$what: by whom" tap \
	'process 1 (init) has kernel.ftrace_enabled open'
expect "$what: the summary tells" tap \
	'NOT LOCKED AS ASKED: kimg=restrict .*ftrace_enabled=HELD'
expect "$what: the rest is in force" tap '^# autoload host 0 mntns 1$'
expect "$what: status tells too" tap '^# bpflock status: 1$'
expect "$what: writing is $written" tap "^# ftrace written: $written\$"
