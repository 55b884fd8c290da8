# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10/sealed 6.12/blocked 6.12/unsealed newest/sealed
# about: self tool
#
# All protections have a late part. What kmodules and disablebpf do is looked
# at.

words='bpflock.kimg=restrict bpflock.kmodules=restrict'
words="$words bpflock.late.kimg.block=kcore"
for key in $(protection_keys | grep -vx kimg); do
	words="$words bpflock.late.$key=deny"
done

waiting='locked: kimg=restrict(late: allow+lists) kmodules=restrict(late: deny)'
waiting="$waiting disablebpf=allow(late: deny) .*escape=allow(late: deny)"

# turned_on WHAT - what is the same with and without the seal
turned_on() {
	what="late, $1"
	expect "$what: the summary tells what waits" tap "$waiting"
	expect "$what: status tells what waits" tap \
		'^# before-status says: *late: *deny, waits for bpflock late (command line:'
	expect "$what: its JSON does" tap \
		'^# before json "late":{"mode":"[a-z]*","in_force":false'
	expect "$what: not by a container" tap '^# container-late: 77$'
	expect "$what: nothing is stricter before" tap '^# before: autoload 0$'
	expect "$what: bpf(2) is open before" tap '^# before: map_create 0$'
	expect "$what: it works" tap '^# late: 0$'
	expect "$what: the kernel log tells" tap \
		'^# late kernel log: late: .*kmodules=deny disablebpf=deny'
	expect "$what: stricter for the host" tap '^# after: autoload 1$'
	expect "$what: bpf(2) is closed" tap '^# after: map_create 1$'
	expect "$what: what was denied still is" tap \
		'^# still denied in a container$'
	expect "$what: twice changes nothing" tap '^# again: 0$'
}

sealed() {
	boot late "bpflock.seal=on $words"
	turned_on sealed
	expect_not "late, sealed: one program a hook, with all protections" \
		tap 'the kernel did not take one program for each hook'
	expect "late, sealed: it stays" tap '^# rmdir: 1$'
	expect "late, sealed: nobody loosens it" tap '^# replaced: 77$'
	expect "late, sealed: it still holds" tap '^# replaced: autoload 1$'
}

# Root can keep the late part from being turned on, but cannot make it look as
# if it were on.
blocked() {
	boot late "blocked=1 bpflock.seal=on bpflock.kimg=deny \
		bpflock.kmodules=restrict bpflock.late.kmodules=deny"
	expect "late, blocked: a pin is in its place" tap '^# pin: 0$'
	expect "late, blocked: it fails" tap '^# late: 1$'
	expect "late, blocked: and says so" tap '^# late says: .*turned nothing on'
	expect "late, blocked: status says that it waits" tap \
		'^# blocked-status says: *late: *deny, waits for bpflock late'
}

unsealed() {
	boot late "loosen=1 $words"
	turned_on "not sealed"
	expect "late, not sealed: status tells that it holds" tap \
		'^# after-status says: *late: *deny, in force'
	expect "late, not sealed: one is set anew, without a late part" tap \
		'^# replaced: autoload 0$'
	expect "late, not sealed: nothing waits after all are taken off" tap \
		'^# nothing: 0$'
	expect "late, not sealed: and that is said" tap \
		'^# nothing says: the policy has no late settings'
}

"$variant"
