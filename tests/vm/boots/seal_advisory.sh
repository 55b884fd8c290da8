# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: self
#
# Without kimg and kmodules there are other ways to the lock: the seal is
# advisory. And somebody else holds eight of the ten places for programs of cgroups:
# the most important hooks are anchored.

boot seal "swap=on places=taken how=sealed bpflock.kmodules=restrict bpflock.seal=on"
inner
expect "seal alone: the summary tells what is missing" tap \
	'seal=advisory(not denied to the host: kimg kmodules)'
expect "seal alone: status says so" tap '^# seal: advisory$'
expect "seal alone: and what is missing" tap \
	'^# *not denied to the host: kimg kmodules'
expect "two places: the log says what is not anchored" tap \
	'^# kernel log: seal: not anchored: kernel_read_file .* kernel_module_request:'
expect "two places: status says so" tap '^#   not anchored: kernel_read_file '
expect "two places: two hooks are anchored, and sysctls" tap \
	'^#   anchored: bpf sysctl locked_down$'
for attempt in 'load an LSM program' 'detach an anchored program' \
	'write ftrace_enabled'; do
	expect "two places: $attempt: denied without pins" tap \
		"^# lost: $attempt: Operation not permitted"
done
expect "two places: PTRACE_SEIZE of PID 1: not denied without pins" tap \
	'^# lost: PTRACE_SEIZE of PID 1: it worked'
expect "swap: it is on" tap '^# swap: 0$'
expect "swap: is named among what the seal does not hold" tap \
	'^# swap "seal":"advisory","seal_gaps":"kimg kmodules swap"'
expect "swap: and by status" tap \
	'^# swap seal *advisory; not denied to the host: kimg kmodules swap$'
