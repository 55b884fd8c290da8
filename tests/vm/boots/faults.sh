# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# on: none
# about: none
#
# make check-faults: each system call fails, or is the last one before SIGKILL.
# FULL=1 tries every single one, else the first and the last of each kind.

limit=14000
boot faults "bpflock.on_error=reboot first=${first:-1} step=${step:-1} \
	every=${FULL:+every} scenarios=\"${scenarios:-}\""
inner faults:
