# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: newest
# about: none
#
# The kernel has no BTF, as far as bpflock-init can see.

boot boot "hide_btf=1 bpflock.kimg=restrict"
expect "no BTF: exit status" tap '^# status 69$'
expect "no BTF: the remedy is named" tap 'CONFIG_DEBUG_INFO_BTF'
