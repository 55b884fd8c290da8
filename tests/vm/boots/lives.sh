# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: escape
#
# A new task is in no cgroup for a moment, and one that ends has no root directory:
# neither a process with a mount namespace of its own nor a container gets hold of
# one of a service. Two processors that run at the same time meet such tasks.

tcg=multi boot lives "bpflock.escape=restrict" -smp 2
for race in begin end; do
	expect "races, $race: without the lock" tap "^# control $race: it worked\$"
	expect "races, $race: denied" tap "^# locked $race: denied each time\$"
done
