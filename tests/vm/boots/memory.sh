# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A limit on memory that is too small for loading is a failure like any other: it
# leaves what was in force, and nothing half loaded.

boot memory ''
inner memory:
