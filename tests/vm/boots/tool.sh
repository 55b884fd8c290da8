# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# on: 6.12
# about: tool
#
# What an administrator sees: each command, and README.md shows what it prints.
# While a policy is changed nothing that it denies works: FULL=1 tries 1,000
# changes.

changes=20
[ -z "${FULL:-}" ] || changes=1000
limit=3600
boot tool "changes=$changes bpflock.kimg=restrict" -smp 2
inner tool:

# README.md has what the guest has captured, but for the numbers and the places
# where a terminal breaks lines.
plain() {
	sed 's/[0-9][0-9]*/N/g' "$1" | tr -d ' \n'
}

tr -d '\r' <"$dir/tap" | sed -n 's/^# captured: \{0,1\}//p' | fold -w 80 |
	sed 's/^./    &/' >"$dir/captured"
sed -n '/^<!-- captured/,/^<!-- end/p' "$top/README.md" |
	sed '/^<!--/d' >"$dir/shown"
same=0
[ "$(plain "$dir/captured")" = "$(plain "$dir/shown")" ] || same=1
tap_ok "$same" "$kernel tool: README.md shows what the commands print" \
	"put $dir/captured there"
