# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1 6.12
# about: self
#
# Where nothing may read the kernel's memory, the lock follows mounts in another
# way from 6.2 on. Before 6.2 the summary says that there is no seal. A tracefs
# that was made under this lockdown crashes 6.12 when it is unmounted.

boot seal "lockdown=confidentiality no_tracefs=1 how=sealed \
	bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on"
case $kernel in
6.1)
	no_seal='seal=advisory(not denied to the host: self)'
	expect "sealed, lockdown=confidentiality: is not said to hold" tap \
		"self=restrict+lists(degraded) $no_seal"
	;;
*) inner lockdown=confidentiality: ;;
esac
