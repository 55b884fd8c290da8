#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# boot_program.sh - build/bpflock-boot, the program that an initramfs gets: it
# is worth having, and tells those who look for the tool where that is
#
# Each call has an argument with which the program does no more than print. TAP
# without numbers.
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
. tests/lib/tap.sh
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for name in bpflock kimg bpflock-init; do
	ln -s "$top/build/bpflock-boot" "$work/$name"
done

# check NAME TEXT COMMAND... - one test; TEXT is shown if it failed
check() {
	name=$1 text=$2
	shift 2
	status=0
	"$@" || status=1 failed=1
	tap_ok "$status" "$name" "$text"
}

size() {
	wc -c <"build/$1"
}

check "an initramfs saves a tenth: bpflock-boot" \
	"$(size bpflock-boot) bytes, bpflock-init $(size bpflock-init)" \
	[ $(($(size bpflock-boot) * 10)) -le $(($(size bpflock-init) * 9)) ]

said=$("$work/bpflock-init" --version) || :
check "it is the same version" "$said" \
	[ "$said" = "$(build/bpflock-init --version)" ]

said=$("$work/bpflock-init" --help) || :
check "its help says where the tool is" "$said" \
	test "$said" != "${said#*/usr/sbin/bpflock}"

# answers COMMAND... - the answer is short, names the tool, and is an error
answers() {
	status=0
	said=$("$@" 2>&1 >"$work/out") || status=$?
	[ "$status" = 64 ] && ! [ -s "$work/out" ] &&
		[ "$(echo "$said" | wc -l)" -le 5 ] &&
		echo "$said" | grep -q 'bpflock-init' &&
		echo "$said" | grep -q '/sysroot/usr/sbin/bpflock'
}

while read -r name words; do
	wrong=0
	# shellcheck disable=SC2086 # words
	answers "$work/$name" $words || wrong=1 failed=1
	tap_ok "$wrong" "$name $words: it says that the tool is elsewhere" "$said"
done <<-END
bpflock status
bpflock --help
kimg -p restrict
kimg --version
bpflock-init status
END
exit "$failed"
