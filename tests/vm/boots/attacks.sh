# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: newest
# about: kmodules
#
# What the manual says of kmodules, disablebpf and fileless, tried without a
# look at the code.

boot attacks syscall.x32=y
inner
