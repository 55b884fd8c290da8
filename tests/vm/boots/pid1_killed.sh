# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# on: 6.12
# about: none
#
# bpflock-init is PID 1, and its child is killed while it loads the lock: a
# limit on processor time does that here, as a limit on memory may elsewhere.

killed='-- -c "ulimit -t 1; exec /bin/bpflock-init"'
limit=60
boot pid1 "rdinit=/bin/sh bpflock.exec=/init bpflock.kimg=restrict \
	bpflock.on_error=reboot $killed"
expect "PID 1, loader killed: it is said" console \
	'killed by signal .* before the machine was locked'
expect "PID 1, loader killed: on_error=reboot" console \
	'reboot: Restarting system'
expect_not "PID 1, loader killed: the next program is not started" tap '^# pid 1 '
