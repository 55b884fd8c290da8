# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1 6.12
# about: self
#
# Where nothing may read the kernel's memory, the lock follows mounts in another
# way from 6.2 on. Before 6.2 the summary says that there is no seal. A tracefs
# that was made under this lockdown crashes 6.12 when it is unmounted.
#
# And no cgroup2 can be had, as on a kernel without fsopen(2) (430): nothing is
# anchored.

boot seal "fault=430,19 lockdown=confidentiality no_tracefs=1 how=sealed \
	bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on"
case $kernel in
6.1)
	no_seal='seal=advisory(not denied to the host: self)'
	expect "sealed, lockdown=confidentiality: is not said to hold" tap \
		"self=restrict+lists(degraded) $no_seal"
	;;
*)
	inner lockdown=confidentiality:
	expect "no cgroup2: the log says that nothing is anchored" tap \
		'^# kernel log: seal: no hook is anchored: mount cgroup2: No such'
	expect "no cgroup2: status says so" tap '^#   not anchored: bpf sysctl '
	expect_not "no cgroup2: no hook is anchored" tap '^#   anchored: '
	;;
esac
