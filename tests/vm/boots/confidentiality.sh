# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: none
#
# lockdown=confidentiality must not take away what the lock reads itself. On
# 5.10 it does, so there bpflock-init must say so. A module request shows that
# the lock is in force: lockdown does not deny it.

boot boot "lockdown=confidentiality bpflock.kimg=restrict \
	bpflock.kmodules=restrict bpflock.disablebpf=restrict"
what=lockdown=confidentiality
if [ "$kernel" = 5.10 ]; then
	expect "$what: exit status" tap '^# status 69$'
	expect "$what: the remedy is named" tap 'lockdown'
else
	expect "$what: exit status" tap '^# status 0$'
	expect "$what: all is locked" tap \
		'locked: kimg=restrict kmodules=restrict disablebpf=restrict'
	expect "$what: it is enforced" tap '^# autoload host 0 mntns 1$'
	# Up to 6.1 only a helper could read the name of the cgroup.
	service=0
	[ "$kernel" != 6.1 ] || service=1
	expect "$what: a service is a host process, from 6.2 on" tap \
		"^# autoload service $service\$"
	expect "$what: a container has its directories" tap '^# directories$'
fi
