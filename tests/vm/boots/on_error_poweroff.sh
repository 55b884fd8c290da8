# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A mistake in the policy, and on_error=poweroff.

boot boot "$mistake bpflock.on_error=poweroff"
expect "on_error=poweroff: powers off" console 'reboot: Power down'
expect_not "on_error=poweroff: does not go on" tap '^# status'
