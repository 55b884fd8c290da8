#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tree.sh - does the tree have what the list of protections asks for?
#
# Compares "bpflock list" with the BPF programs that were built, with the
# suites of tests/vm and with the policy files. TAP on standard output.
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
. tests/lib/tap.sh

bpflock=${BPFLOCK:-build/bpflock}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# same NAME A B - both files have the same lines
same() {
	if text=$(diff "$2" "$3"); then
		tap_ok 0 "$1"
	else
		tap_ok 1 "$1" "$text"
	fi
}

"$bpflock" list --all | cut -d ' ' -f 1 | sort -u >"$work/keys"

"$bpflock" list --all --hooks | tr ' ' _ | sort >"$work/hooks"
keys=$(cat "$work/keys")
for key in $keys; do
	nm "build/bpf/$key.bpf.o"
done | sed -n 's/.* T //p' | sort >"$work/programs"
same "each hook has its BPF program, and each program its hook" \
	"$work/hooks" "$work/programs"

for file in bpf/*.bpf.c; do
	basename "$file" .bpf.c
done | grep -vxE 'shared|events|self_sysctl|first' | sort >"$work/files"
same "each protection has its bpf/KEY.bpf.c, and no file is left over" \
	"$work/keys" "$work/files"

sed -n 's/^SUITE(\([a-z]*\),.*/\1/p' tests/vm/suites/*.c | sort >"$work/suites"
same "each protection has its suite in tests/vm/suites" \
	"$work/keys" "$work/suites"
