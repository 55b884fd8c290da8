# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# on: 6.12
# about: none
#
# Loading and taking off again and again leaves nothing in the kernel. FULL=1 does
# it 1,000 times.

limit=1800
loads=10
[ -z "${FULL:-}" ] || loads=1000
boot loads "loads=$loads"
inner loads:
