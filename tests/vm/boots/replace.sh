# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.12
# about: self
#
# A replacement that fails leaves what was in force.

boot replace ''
inner replace:
