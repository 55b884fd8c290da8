#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# docs.sh - the documents against the tree: "ok - NAME" or "not ok - NAME" for
# each check, and exit status 1 if one failed
#
# "build/bpflock list -a" (or $BPFLOCK) prints the operations; it loads nothing.
# tests/unit/manual.sh looks into the manual pages.
# shellcheck disable=SC2016 # backticks are Markdown's
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
. tests/lib/tap.sh

markdown='README.md SECURITY.md CONTRIBUTING.md CHANGELOG.md
	docs/architecture.md docs/cost.md'
manuals=$(echo man/*.[578])
bpflock=${BPFLOCK:-build/bpflock}
failed=0

# check NAME TEXT - the check passes if there is no TEXT
check() {
	status=0
	[ -z "$2" ] || status=1 failed=1
	tap_ok "$status" "$1" "$2"
}

# "PROTECTION OPERATION" lines, as the program knows them
listed() {
	"$bpflock" list -a 2>/dev/null | awk 'NF > 1 { print $1, $2 }' |
		LC_ALL=C sort -u
}

# "PROTECTION OPERATION" lines of README's tables. In the table of protections
# the first word in backticks is the protection, and those of the second column
# are its operations; in the table of kimg the first column has the operations.
readme_operations() {
	awk -F '|' '
	function words(text, key,   n, i, part, word, m) {
		n = split(text, part, "`")
		for (i = 2; i <= n; i += 2) {
			m = split(part[i], word, " ")
			while (m)
				print key, word[m--]
		}
	}
	/^## / { table = "" }
	/^\| protection \| operations \|/ { table = "all"; next }
	/^\| operation of `kimg` \|/ { table = "kimg"; next }
	/^\|-/ { next }
	!/^\|/ { table = "" }
	table == "kimg" { words($2, "kimg") }
	table == "all" {
		split($2, part, "`")
		words($3, part[2])
	}' README.md | LC_ALL=C sort -u
}

differences() {
	mkdir -p build/unit
	printf '%s\n' "$1" >build/unit/docs.1
	printf '%s\n' "$2" >build/unit/docs.2
	diff build/unit/docs.1 build/unit/docs.2 | sed -n "s/^</$3/p; s/^>/$4/p"
}

# The "shown" column of README's kimg table, "no: REASON", against
# tests/vm/known-skips. A skip of one way to do an operation, "operation/way", is
# none of the whole.
shown_differences() {
	known=$(sed -n 's/^\* *kimg *\([a-z_]*\) \{1,\}/\1 /p' \
		tests/vm/known-skips | LC_ALL=C sort)
	told=$(awk -F '|' '
		/^\| operation of `kimg` \|/ { table = 1 }
		!/^\|/ { table = 0 }
		table && $4 ~ /^ no/ {
			gsub(/[^a-z_ ]/, "", $2)
			sub(/^ no: /, "", $4)
			sub(/ $/, "", $4)
			n = split($2, word, " ")
			while (n)
				print word[n--], $4
		}' README.md | LC_ALL=C sort)
	differences "$known" "$told" 'in known-skips alone:' 'in README alone:'
}

# Protections without a section on their limits.
limits_gaps() {
	listed | cut -d ' ' -f 1 | grep -vx self | uniq | while read -r key; do
		grep -qx "## Known limits of $key" SECURITY.md ||
			echo "SECURITY.md has no section \"Known limits of $key\""
	done
}

# Names in backticks and targets of links that should be files of the tree.
# NAME, WORD, <word> and * stand for names; ninth is CONTRIBUTING's example.
rooms='bpf|init|tests|man|docs|policy|dracut|initramfs-tools|systemd|deps|LICENSES'

missing_files() {
	for document in $markdown; do
		{
			grep -o '`[^` ]*`' "$document" | tr -d '`' |
				grep -E "^($rooms)/"
			grep -o '](\([^)]*\))' "$document" |
				sed 's/^](//; s/)$//; s/#.*//' |
				grep -v '^http' | sed "s,^,$(dirname "$document")/,"
		} | grep -Ev '[<*]|NAME|WORD|/ninth[._]' | sort -u |
			while read -r file; do
				[ -e "$file" ] || echo "$document: no file $file"
			done
	done
}

# The boots and suites that SECURITY.md cites.
missing_tests() {
	grep -o 'boot `[a-z0-9_/]*`' SECURITY.md | sort -u | tr -d '`' |
		while read -r _ name; do
			[ -e "tests/vm/boots/${name%%/*}.sh" ] ||
				echo "SECURITY.md: no boot $name"
		done
	grep -o 'suite `[a-z0-9_]*`' SECURITY.md | sort -u | tr -d '`' |
		while read -r _ name; do
			[ -e "tests/vm/suites/$name.c" ] ||
				echo "SECURITY.md: no suite $name"
		done
}

# The lock denies; no other word. The tests' own list of the kernel's uses is
# empty: a call that the kernel does not perform fails.
other_words() {
	# shellcheck disable=SC2086 # lists of files
	grep -inE 'refus(e|al|ing)|who is not host' $markdown $manuals || :
}

# README.md's table of workloads, where tests/distro/works has one of a run.
works_differences() {
	[ -e tests/distro/works.table ] || return 0
	differences "$(tests/distro/works readme)" "$(sed -n \
		'/^<!-- made by tests\/distro\/works -->$/,/^<!-- end -->$/p' \
		README.md | grep '^|')" 'missing in README.md:' 'in README.md alone:'
}

long_lines() {
	# shellcheck disable=SC2086 # a list of files
	awk 'length > 140 { print FILENAME ":" FNR ": " length " columns" }' \
		$markdown
}

check "documents: bpflock list -a prints the operations" \
	"$([ -n "$(listed)" ] || echo "$bpflock list -a prints nothing")"
check "documents: README.md names every protection and operation, and no other" \
	"$(differences "$(listed)" "$(readme_operations)" \
		'missing in README.md:' 'in README.md alone:')"
check "documents: README.md tells which operations of kimg are not shown" \
	"$(shown_differences)"
check "documents: SECURITY.md has the limits of every protection" "$(limits_gaps)"
check "documents: they name no file that does not exist" "$(missing_files)"
check "documents: the tests that SECURITY.md cites exist" "$(missing_tests)"
check "documents: they have one verb for the lock: deny" "$(other_words)"
check "documents: README.md has the table that tests/distro/works makes" \
	"$(works_differences)"
check "documents: they have no line over 140 columns" "$(long_lines)"
exit "$failed"
