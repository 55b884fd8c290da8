# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# on: 5.10 6.12
# about: self
#
# A replacement that fails leaves what was in force.

# There are some 400 calls; FULL=1 tries them all.
if [ "$kernel" = 5.10 ]; then
	first=1
else
	first=4
fi
limit=1800
step=11
[ -z "${FULL:-}" ] || step=1
boot replace "first=$first step=$step"
inner replace:
