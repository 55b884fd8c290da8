# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: kimg
#
# bpflock-init is the first process. It becomes bpflock.exec= with the words
# and the environment that the kernel gave it.

boot pid1 "rdinit=/bin/bpflock-init bpflock.exec=/init bpflock.kimg=restrict \
	variable=kept -- a word"
expect "PID 1: becomes the next program as PID 1" tap '^# pid 1 '
expect "PID 1: with its arguments" tap '^# .* words a word'
expect "PID 1: with its environment" tap '^# .* variable kept'
expect "PID 1: the pins are there" tap '^# pinned'
expect "PID 1: the kernel log says what is locked" tap \
	'^# kernel log: .*bpflock: locked: kimg=restrict'
inner "PID 1:" | grep -v '# SKIP'
