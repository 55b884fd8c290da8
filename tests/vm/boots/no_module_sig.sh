# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1
# about: kmodules
#
# As far as the lock can see, this kernel does not check signatures. Every
# module counts as unsigned, also those of Debian. And this kernel skips programs
# that it preempts, which bpflock check says.

boot boot "hide_sig=1 preempt=full tell_check=1 bpflock.kmodules.block=unsigned_module"
expect "signatures not checked: exit status" tap '^# status 0$'
expect "signatures not checked: all modules are unsigned" tap \
	'^# autoload host 1 mntns 1$'
expect "full preemption: bpflock check warns" tap \
	'^# check: weaker: this kernel preempts BPF LSM programs'
