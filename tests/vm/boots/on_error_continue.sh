# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A mistake in the policy, and on_error=continue.

boot boot "$mistake bpflock.on_error=continue"
expect "on_error=continue: exit status" tap '^# status 65$'
expect "on_error=continue: goes on" tap '^# end of the script$'
expect "on_error=continue: kimg is locked all the same" tap \
	'^# autoload host 0 mntns 1$'
expect "on_error=continue: the mistake is named" tap 'no_such_key'
