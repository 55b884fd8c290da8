# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.12
# about: none
#
# Other hardening of the machine fails some triggers before the kernel asks the
# hook. The fire check calls these not tried, the lock loads all the same, and the
# check leaves no trace.

if [ "$kernel" = 5.10 ]; then
	boot hardened ''
else
	boot hardened "userns=1 confidentiality=1"
fi
inner hardened:
