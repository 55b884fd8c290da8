# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: self
#
# Every protection at once, and sealed: the programs of a hook are one.

boot sealed ''
inner
expect "sealed: locked" tap '^# first: locked as asked, the seal is advisory'
expect_not "sealed: no program stands alone" tap 'did not take one'
