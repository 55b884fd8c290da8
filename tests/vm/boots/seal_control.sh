# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: self
#
# Without the lock every attack on it works.

boot seal how=control
inner
expect "PID 1: its memory can be opened by a child" tap \
	'^# PID 1: open its memory by a child: it worked'
