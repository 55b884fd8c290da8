# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.12
# about: none
#
# What other hardening refuses before a hook is asked is not tried, and nothing
# of it makes the lock fail. The fire check leaves no trace.

if [ "$kernel" = 5.10 ]; then
	boot hardened ''
else
	boot hardened "userns=1 confidentiality=1"
fi
inner hardened:
