#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# completion.sh - what bash, fish and zsh complete. The words come from the
# program, which is run and loads nothing. TAP without numbers.
# shellcheck disable=SC2016,SC2317 # for the other shells; "in_$shell"
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
. tests/lib/tap.sh
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for word in bpflock kimg; do
	ln -s "$top/build/bpflock-init" "$work/$word"
done
PATH=$work:$PATH

# Each shell prints the words for the line $1 (the last word is completed).
in_bash() {
	bash -c '. completion/bpflock.bash
		read -ra COMP_WORDS <<<"$1"
		[[ $1 != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_bpflock
		printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
}

in_fish() {
	HOME=$work fish --no-config -c 'source completion/bpflock.fish
		complete -C $argv[1]' "$1" | cut -f 1
}

# zsh completes on a terminal only: its functions print what they are given.
in_zsh() {
	zsh -f -c 'compadd() { [[ $1 == -a ]] && print -l -- ${(P)2} || print -l -- $@ }
		_describe() { print -l ${(P)2%%:*} }
		_sequence() { print -l ${@:3} }
		_files() { print -l *.md }
		words=(${(s: :)1}); [[ $1 != *" " ]] || words+=("")
		CURRENT=$#words
		. completion/_bpflock' zsh "$1"
}

# completes LINE WORD - WORD is among what is offered, in every shell there is
completes() {
	for shell in bash fish zsh; do
		command -v "$shell" >/dev/null || continue
		said=$("in_$shell" "$1" 2>&1) || :
		status=0
		printf '%s\n' "$said" | grep -qx -e "$2" || status=1 failed=1
		tap_ok "$status" "completion: $shell: $1... $2" "$said"
	done
}

for command in $("$work/bpflock" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	completes 'bpflock ' "$command"
	status=0
	said=$("$work/bpflock" "$command" --help) || status=1
	! echo "$said" | grep -q '.\{81\}' || status=1
	[ "$status" = 0 ] || failed=1
	tap_ok "$status" "$command --help has 80 columns" "$said"
done
completes 'bpflock check --' '.*initramfs'
completes 'bpflock status --' '.*json'
completes 'bpflock policy --' '.*policy'
completes 'bpflock policy ' diff
completes 'bpflock policy diff READ' README.md
completes 'bpflock explain ' kimg.dev_mem
completes 'bpflock events --protection ' escape
completes 'bpflock kimg -p ' audit
completes 'kimg -p ' audit
completes 'kimg -a ' debugfs
completes 'kimg -s ' cgroup
for shell in fish zsh; do
	command -v "$shell" >/dev/null ||
		echo "ok - completion: $shell # SKIP there is no $shell"
done
exit "$failed"
