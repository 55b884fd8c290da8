# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A mistake in the policy, and on_error=reboot.

boot boot "$mistake bpflock.on_error=reboot"
expect "on_error=reboot: reboots" console 'reboot: Restarting system'
expect_not "on_error=reboot: does not go on" tap '^# status'
