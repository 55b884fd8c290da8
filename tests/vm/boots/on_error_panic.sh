# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A mistake in the policy, and on_error=panic.

boot boot "$mistake bpflock.on_error=panic"
expect "on_error=panic: panics" console 'Kernel panic - not syncing'
expect_not "on_error=panic: does not go on" tap '^# status'
