# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1 newest
# about: fileless
#
# Under lockdown=confidentiality every tmpfs counts as /dev/shm. The operation
# "tmpfs" has nothing left to show there. Up to 6.1 only a helper that lockdown
# denies could read the name of a cgroup: no service is a host process there.

rule=restrict
[ "$kernel" != 6.1 ] || rule="restrict trust=none"
boot boot "lockdown=confidentiality bpflock.fileless=restrict \
	args=\"fileless given $rule\""
what="fileless, lockdown=confidentiality"
expect "$what: exit status" tap '^# status 0$'
for op in exec interp mmap innocent; do
	expect "$what: $op" tap "^ok .* fileless $op: given $rule\$"
done
expect "$what: any tmpfs" tap \
	'execve in /run as mntns: must work: Operation not permitted'
