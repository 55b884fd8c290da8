# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# What SECURITY.md says of the attacks on the lock must be what the tests do: the
# program has the table. tests/unit/docs.sh compares the rest of the documents.

documents() {
	make_guest
	"$vm/matrix" seal table >"$vm/table"
	same=0
	sed -n '/^| attack | unsealed/,/^$/s/^|/|/p' "$top/SECURITY.md" |
		diff - "$vm/table" >"$vm/diff" || same=1
	tap_ok "$same" "SECURITY.md tells of the attacks that are tried" \
		"$(cat "$vm/diff")"
}
