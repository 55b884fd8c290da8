# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12 newest
# about: kimg
#
# The policy is on the kernel command line. All callers are tried against it.

boot boot "bpflock.kimg=restrict bpflock.kimg.allow=debugfs,ioport \
	args=\"kimg given restrict allow=debugfs,ioport\""
expect "boot: policy of the command line: exit status" tap '^# status 0$'
inner boot: | grep -v '# SKIP'
