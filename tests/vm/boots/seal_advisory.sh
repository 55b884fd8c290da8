# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: self
#
# Without kimg and kmodules there are other ways to the lock: the seal is
# advisory.

boot seal "how=sealed bpflock.kmodules=restrict bpflock.seal=on"
inner
expect "seal alone: the summary tells what is missing" tap \
	'seal=advisory(not denied to the host: kimg kmodules)'
expect "seal alone: status says so" tap '^# seal: advisory$'
expect "seal alone: and what is missing" tap \
	'^# *not denied to the host: kimg kmodules'
