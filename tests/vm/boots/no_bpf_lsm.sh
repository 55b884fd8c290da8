# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1
# about: none
#
# bpf is not among the active LSMs: the kernel takes the last lsm=.

boot boot "lsm=lockdown,yama bpflock.kimg=restrict"
expect "bpf not among the LSMs: exit status" tap '^# status 69$'
expect "bpf not among the LSMs: the remedy is named" tap 'lsm=.*bpf'
