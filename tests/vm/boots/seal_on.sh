# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: self
#
# The lock is sealed: the attacks work for nobody.

boot seal "how=sealed bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on"
inner
expect "sealed: the summary says so" tap \
	'locked: kimg=deny kmodules=deny seal=on'
expect "sealed: all is in force" tap '^# status 0$'
expect "sealed: status says so" tap '^# seal: on$'
expect "sealed: and in its first line" tap \
	'^# first: locked as asked, and sealed until the next boot'
expect "sealed: and its JSON" tap '^# "seal":"on"'
expect "sealed: that no new root is mounted is told" tap \
	'^# kernel log: seal: no new root is mounted'
expect "sealed: one program a hook" tap '^# programs at capable: 1$'
expect "sealed: nobody may change it" tap '^# taken off: 77$'
expect "sealed: with the reason" tap 'sealed until the next boot'
expect "sealed: a single change is not made" tap \
	'^# loosened: 77 bpflock: kmodules: cannot be changed: the lock is sealed'
expect "sealed: nor is another policy" tap \
	'^# another policy: 77 .*remove .*: the lock is sealed until the next boot'
expect "sealed: and the kernel log says what is not in force" tap \
	'^# another policy: .*NOT LOCKED AS ASKED: kmodules=FAILED'
expect "sealed: denials are events" tap '^# events: [1-9]'
expect "sealed: the protections hold" tap '^# still denied in a container$'
expect "sealed: PID 1 loads an LSM program" tap \
	'^# PID 1: load an LSM program: it worked'
expect "sealed: but not one on bpf" tap \
	'^# PID 1: load an LSM program on bpf: Operation not permitted'
expect "sealed: PID 1's memory is not opened by a child in it" tap \
	'^# PID 1: open its memory by a child: Permission denied'
expect "sealed: PID 1 cannot unmount the last bpffs" tap \
	'^# PID 1: unmount everything: Operation not permitted'
expect "sealed: and the protections hold" tap \
	'^# PID 1: load a module after that: Operation not permitted'

# Then PID 1 itself moves the bpffs to where the kernel removes it.
hooks='bpf sysctl locked_down kernel_read_file kernel_load_data bpf_prog'
hooks="$hooks ptrace_access_check bpf_map kernel_module_request"
case $kernel in
5.10)
	expect "sealed: nothing can be anchored, and the log says so" tap \
		'^# kernel log: seal: not anchored: bpf sysctl'
	expect "sealed: status says so" tap "^# *not anchored: $hooks\$"
	left='it worked'
	;;
*)
	expect "sealed: status names the anchored hooks" tap \
		"^#   anchored: $hooks\$"
	expect_not "sealed: and no others" tap 'not anchored'
	expect "the pins are gone: status is 1" tap '^# lost: status 1$'
	expect "the pins are gone: status says so" tap \
		'^# lost status: *No pins are found'
	expect "the pins are gone: status -v names the anchored hooks" tap \
		"^# lost status:   anchored: $hooks\$"
	expect "the pins are gone: the kernel log says so" tap \
		'^# lost log: the lock is sealed, and no pins are found'
	left='Operation not permitted'
	for attempt in 'load a cgroup LSM program' 'detach an anchored program' \
		'replace an anchored program' \
		'detach the anchored program for sysctls' \
		'write ftrace_enabled beside programs for sysctls'; do
		expect "the pins are gone: $attempt: $left" tap \
			"^# lost: $attempt: $left"
	done
	;;
esac
expect "PID 1 loses the pins" tap '^# lost: the pins: they are'
for attempt in 'load a module' iopl 'load an LSM program' \
	'write ftrace_enabled' 'PTRACE_SEIZE of PID 1'; do
	expect "the pins are gone: $attempt: $left" tap "^# lost: $attempt: $left"
done
expect "the pins are gone: what is not anchored works" tap \
	'^# lost: umount -l /sys: it worked'
