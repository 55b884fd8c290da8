# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.12
# about: self tool
#
# Where nothing is denied, self denies nothing either, and reports.

boot audit "bpflock.kimg=audit bpflock.trust=none"
inner
