# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: self
#
# The lock is there and not sealed: the attacks work for the host only. To load
# the lock again after each destructive attack takes long, so one kernel has all
# of them and the others a few. FULL=1 tries all of them everywhere.

few=few=few
case $kernel${FULL:+.full} in
6.12 | *.full) few= ;;
esac
limit=1200 boot seal "how=unsealed $few bpflock.kmodules=restrict"
inner
expect "unsealed: each protection has its programs" tap \
	'^# programs at capable: [2-9]'
expect "not sealed: all is in force" tap '^# status 0$'
expect "not sealed: status says so" tap '^# seal: off$'
expect "not sealed: and its JSON" tap '^# "seal":"off"'
expect "not sealed: the host may change it" tap '^# taken off: 0$'
expect "not sealed: denials are events" tap '^# events: [1-9]'
