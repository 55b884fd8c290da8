# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A mistake in the policy, and on_error=continue.

boot boot "tell_status=1 $mistake bpflock.on_error=continue"
expect "on_error=continue: exit status" tap '^# status 65$'
expect "on_error=continue: goes on" tap '^# end of the script$'
expect "on_error=continue: kimg is locked all the same" tap \
	'^# autoload host 0 mntns 1$'
expect "on_error=continue: the mistake is named" tap 'no_such_key'
expect "on_error=continue: status: something is wrong" tap '^# bpflock-status: 1$'
expect "on_error=continue: its first line" tap \
	'^# bpflock-status says: LOCKED, WITH 1 MISTAKE IN THE POLICY$'
expect "on_error=continue: and the mistake" tap \
	'^# bpflock-status says:  *command line:.*no_such_key'
