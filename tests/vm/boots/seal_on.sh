# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: self
#
# The lock is sealed: the attacks work for nobody.

boot seal "how=sealed bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on"
inner
expect "sealed: the summary says so" tap \
	'locked: kimg=deny kmodules=deny seal=on'
expect "sealed: all is in force" tap '^# status 0$'
expect "sealed: status says so" tap '^# seal: on$'
expect "sealed: and in its first line" tap \
	'^# first: locked as asked, and sealed until the next boot'
expect "sealed: and its JSON" tap '^# "seal":"on"'
expect "sealed: nobody may change it" tap '^# taken off: 77$'
expect "sealed: with the reason" tap 'sealed until the next boot'
expect "sealed: denials are events" tap '^# events: [1-9]'
expect "sealed: the protections hold" tap '^# still denied in a container$'
expect "sealed: PID 1 loads an LSM program" tap \
	'^# PID 1: load an LSM program: it worked'
expect "sealed: but not one on bpf" tap \
	'^# PID 1: load an LSM program on bpf: Operation not permitted'
expect "sealed: PID 1 cannot unmount the last bpffs" tap \
	'^# PID 1: unmount everything: Operation not permitted'
expect "sealed: and the protections hold" tap \
	'^# PID 1: load a module after that: Operation not permitted'
