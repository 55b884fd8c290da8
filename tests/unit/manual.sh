#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tests/unit/manual.sh [FILE] - does the manual have every protection, every
# operation and every long option, and does bpflock(8) lead to every page? Has
# bpflock explain something to say about every operation?
# FILE has the output of "bpflock list -a"; without it the built program is
# asked. TAP without numbers on standard output; fails if a test failed.

set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check NAME TEXT COMMAND... - one test; TEXT tells what is missing
check() {
	name=$1 text=$2
	shift 2
	status=0
	"$@" >/dev/null 2>&1 || status=1
	tap_ok "$status" "$name" "$text"
	[ "$status" = 0 ] || failed=1
}

page_of() {
	case $1 in
	self) echo man/bpflock-self.7 ;;
	*) echo "man/$1.8" ;;
	esac
}

# section PAGE NAME - the lines of one section
section() {
	awk -v name="$2" '
	/^\.Sh / { inside = $0 == ".Sh " name }
	inside' "$1"
}

# The words that a page has an entry for, one a line.
entries() {
	section "$1" OPERATIONS | sed -n 's/^\.It Cm \([a-z_]*\)$/\1/p'
}

operations() {
	while read -r key op _; do
		page=$(page_of "$key")
		entries "$page" >"$work/entries" 2>/dev/null || :
		check "manual: $key $op" "no \".It Cm $op\" in $page" \
			grep -qx "$op" "$work/entries"
	done <"$work/list"
}

# What a page describes and the program does not have.
leftovers() {
	cut -d ' ' -f 1 "$work/list" | sort -u >"$work/keys"
	while read -r key; do
		page=$(page_of "$key")
		sed -n "s/^$key \([^ ]*\).*/\1/p" "$work/list" >"$work/ops"
		extra=$(entries "$page" | grep -vxFf "$work/ops" | tr '\n' ' ')
		check "manual: $key has no other operation" \
			"$page: $extra" [ -z "$extra" ]
	done <"$work/keys"
}

options() {
	find init -name '*.c' -exec sed -n \
		-e 's/.*{ "\([a-z-]*\)", [a-z]*_argument.*/\1/p' \
		-e "s/.*{ \"\([a-z-]*\)\", '[a-z]', .*/\1/p" {} + | sort -u
}

long_options() {
	options >"$work/options"
	check "manual: the options of the program are found" \
		"no table of options in init" [ -s "$work/options" ]
	while read -r option; do
		check "manual: --$option" "no page has \"Fl ... -$option\"" \
			grep -Eq "Fl (. [|,] )?-$option( |\$)" man/*.[578]
	done <"$work/options"
}

# init/cmd/operations.txt: each operation with its two lines, and no others
explained() {
	awk '
	/^#/ { next }
	want { if ($1 != want || NF < 2) print name " lacks " want }
	{ want = want == "why" ? "breaks" : want == "breaks" ? "" : "why" }
	want == "why" { name = $1; print name >names }' names="$work/about" \
		init/cmd/operations.txt >"$work/lacking"
	check 'explain: each operation has "why" and "breaks"' \
		"init/cmd/operations.txt: $(cat "$work/lacking")" \
		[ ! -s "$work/lacking" ]
	sed 's/^\([^ ]*\) \([^ ]*\).*/\1.\2/' "$work/list" |
		sort >"$work/operations"
	sort "$work/about" >"$work/about.sorted"
	differ=$(diff "$work/operations" "$work/about.sorted" | grep '^[<>]' || :)
	check 'explain: init/cmd/operations.txt has every operation' \
		"$differ" [ -z "$differ" ]
}

see_also() {
	section man/bpflock.8 'SEE ALSO' |
		sed -n 's/^\.Xr \([^ ]*\) \([0-9]\).*/\1.\2/p' >"$work/also"
	echo bpflock.8 >>"$work/also"
	for page in man/*.[578]; do
		check "manual: bpflock(8) refers to ${page#man/}" \
			"it is not in SEE ALSO of man/bpflock.8" \
			grep -qxF "${page#man/}" "$work/also"
	done
}

if [ $# -gt 0 ]; then
	cp "$1" "$work/all"
else
	ln -s "$PWD/build/bpflock-init" "$work/bpflock"
	"$work/bpflock" list -a >"$work/all" || :
fi
tr -s '\t ' ' ' <"$work/all" >"$work/list"
check "manual: the operations of the program are found" \
	"bpflock list -a prints none" [ -s "$work/list" ]
operations
leftovers
long_options
explained
see_also
exit "$failed"
