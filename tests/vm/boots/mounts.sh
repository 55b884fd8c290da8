# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1 6.12 newest
# about: self
#
# A machine with 10,000 bind mounts: what a container does to its own copies of
# them is its own business.

boot mounts ''
inner
