# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.12 newest
# about: disablebpf tool
#
# What the tools answer in each mode of disablebpf. PID 1 has loaded the lock.
# What PID 1 became has no more rights than others.

boot disablebpf "rdinit=/bin/bpflock-init bpflock.exec=/init \
	bpflock.disablebpf=deny bpflock.kimg=restrict"

what=disablebpf=deny
expect "$what: loaded and tried out" tap \
	'^# kernel log: .*locked: kimg=restrict disablebpf=deny'
for command in status events other loosen again; do
	expect "$what: not permitted: $command" tap "^# deny-$command: 77\$"
	expect "$what: the remedy is named: $command" tap \
		"^# deny-$command says: .*disablebpf -p allow"
done
expect "$what: status names what is there" tap \
	'^# deny-status says: kimg  *in force; its record cannot be read'
expect_not "$what: not taken off in a container" tap '^# deny-mntns: 0$'
expect "$what: taken off on the host" tap '^# allow: 0$'

what=disablebpf=allow
expect "$what: status: it was asked for" tap '^# allow-status: 1$'
expect "$what: and that is said first" tap \
	'^# allow-status says: NOT LOCKED AS ASKED: disablebpf$'
expect "$what: kimg is still in force" tap \
	'^# allow-status says: kimg  *denied to all but the host'
expect "$what: the lock guards itself still" tap \
	'^# allow-status says: self  *denied to all but the host'

what=disablebpf=restrict
expect "$what: applied" tap '^# restrict: 0$'
expect "$what: status: less than was asked for" tap '^# restrict-status: 1$'
expect "$what: no status in a container" tap '^# restrict-mntns: 77$'
expect "$what: another is replaced" tap '^# restrict-other: 0$'
expect "$what: made stricter" tap '^# restrict-deny: 0$'

what=disablebpf=deny
expect "$what: another is taken off" tap '^# deny-other-off: 0$'
expect "$what: the lock guards itself still" tap '^# pinned: self$'
expect "$what: and is there" tap '^# pinned: disablebpf$'
expect_not "$what: the other is not" tap '^# pinned: kimg$'
expect "$what: not even PID 1" tap \
	'disablebpf denies it'
