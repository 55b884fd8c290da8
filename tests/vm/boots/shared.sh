# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# What the boots share. A boot is NAME.sh, which runs on the host, and
# NAME.guest, which runs in the guest; several boots share boot.guest,
# late.guest and seal.guest. The head of NAME.sh tells where it runs:
#
#   on: KERNEL[/VARIANT]...     the kernels, and which variant there
#   about: WORD...              the values of PROTECTION= that select it: a
#                               protection, "tool", or "none"
#
# tests/vm/run reads NAME.sh with $kernel, $variant and $dir set. NAME.sh prints
# tests. Words on the guest's kernel command line are variables of its init.

# A mistake in the policy, for what on_error= does then.
mistake='bpflock.kimg=restrict bpflock.no_such_key=1'

# boot GUEST WORDS [QEMU OPTION]... - boots $kernel, which runs GUEST.guest.
# $limit bounds it, in seconds.
boot() {
	guest=$1 words=$2
	shift 2
	vm_boot "$kernel" "$dir" "${limit:-600}" "test=$guest $words" "$@"
}

# saw FILE PATTERN - FILE is tap or console
saw() {
	tr -d '\r' <"$dir/$1" 2>/dev/null | grep -q -e "$2"
}

# expect NAME FILE PATTERN - the test that FILE has a line like that
expect() {
	if saw "$2" "$3"; then
		tap_ok 0 "$kernel $1"
	else
		tap_ok 1 "$kernel $1" "not in $2: $3
$(tr -d '\r' <"$dir/tap" | tail -n 8)"
	fi
}

# expect_not NAME FILE PATTERN - the test that FILE has no line like that
expect_not() {
	if saw "$2" "$3"; then
		tap_ok 1 "$kernel $1" "must not be in $2: $3"
	else
		tap_ok 0 "$kernel $1"
	fi
}

# inner [NAME] - the tests that the guest has printed
inner() {
	tap_inner "$kernel${1:+ $1}" <"$dir/tap"
}

# root_tree DIR - what is in the root on a disk: the guest's programs, and
# directories to mount on
root_tree() {
	rm -rf "$1"
	mkdir -p "$1"
	for cpio in "$kernels/$kernel/base.cpio" "$vm/tests.cpio"; do
		(cd "$1" && cpio -idu --quiet --no-preserve-owner) <"$cpio"
	done
	rm -rf "$1/lib/modules" "$1/init"
	for directory in jail usr/lib/deep boot srv/usr newroot; do
		mkdir -p "$1/$directory"
	done
	mknod "$1/node" c 1 3
	echo root:x:0:0 >"$1/etc/passwd"
}
