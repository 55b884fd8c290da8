# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What switches to the real root must take the pins along: one boot goes from
# root to root, see guest/switch. Expects $top, $vm, lib/ and support.sh.
# shellcheck disable=SC2154

# The host may load what is signed; still there is no gap in the seal.
switch_words='bpflock.kimg=restrict bpflock.kimg.allow=autoload_module bpflock.kmodules=restrict bpflock.kmodules.block=unsigned_module'

# Where a package has a program, and what that needs.
switch_files='./sbin/switch_root ./usr/lib/klibc/bin/run-init
	./lib/klibc-*.so ./lib64/* ./lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
	./lib/x86_64-linux-gnu/libc.so.6'

# switch_cpio FILE - the programs of Debian 12, as a part of an initramfs
switch_cpio() {
	tree=$1.tree
	rm -rf "$tree"
	mkdir -p "$tree"
	for deb in $("$top/deps/archive" binary bookworm "$top/build/debs" \
		util-linux libc6 klibc-utils libklibc); do
		# shellcheck disable=SC2086 # a list; tar complains if one is missing
		dpkg-deb --fsys-tarfile "$deb" | (
			set -f
			tar -C "$tree" -x --wildcards $switch_files
		) 2>/dev/null || :
	done
	mkdir "$tree/bin"
	mv "$tree/sbin/switch_root" "$tree/usr/lib/klibc/bin/run-init" "$tree/bin"
	rm -rf "$tree/sbin" "$tree/usr"
	(cd "$tree" && find . | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet) >"$1"
	rm -rf "$tree"
}

# switch_boot KERNEL PROGRAM ROOTS WORDS
switch_boot() {
	switch_cpio "$dir/switch.cpio"
	cat "$vm/$1.cpio" "$dir/switch.cpio" >"$dir/initrd"
	vm_boot "$1" "$dir" "$seconds" \
		"test=switch program=$2 roots=\"$3\" $switch_words $4" \
		-initrd "$dir/initrd"
	rm -f "$dir/switch.cpio" "$dir/initrd"
}

kept='pins kept, status 0, mntns refused, host works'

# switch_kept KERNEL PROGRAM WORDS [ROOTS] - and a root that cannot take /sys
switch_kept() {
	roots=${4:-normal missing mounted}
	switch_boot "$1" "$2" "$roots frozen" "prepare=yes $3"
	what="$1 $2, ${3:-not sealed}:"
	for root in $roots; do
		expect "$what $root: prepared" tap "^# /newroot, $root: exit status 0\$"
		expect "$what $root: the pins came along" tap "^# $root: $kept\$"
	done
	remedy='/newroot/sys: Read-only file system: .*make an empty folder /sys'
	expect "$what frozen: the remedy is named" console "bpflock: $remedy"
}

# switch_goes_on - there it is an error, and the boot goes on
switch_goes_on() {
	expect "$what frozen: it is an error" tap '^# /newroot, frozen: exit status 1$'
	expect "$what frozen: the summary says so" tap '^#   kernel log: NOT LOCKED AS ASKED: kimg=restrict'
}

# The kernel goes on with what is mounted nowhere any more, or it has gone.
case_switch_util_linux() {
	dir=$2
	switch_kept "$1" util-linux ''
	switch_goes_on
	expect "$1 util-linux, not sealed: frozen: and the lock is lost" tap '^# frozen: pins lost, .* mntns works'
	expect "$1 util-linux, not sealed: the root that is there is none to prepare" tap '^#   bpflock: --root /: is the root already'
}

# Each root is one more mount on the way up from the pins. The seal climbs six,
# and on 7.x the way ends one higher.
case_switch_util_linux_sealed() {
	dir=$2
	switch_kept "$1" util-linux bpflock.seal=on "missing mounted"
	switch_goes_on
	expect "$1 util-linux, sealed: frozen: still refused" tap '^# frozen: pins lost, .* mntns refused'
}

case_switch_klibc() {
	dir=$2
	switch_kept "$1" klibc bpflock.on_error=poweroff
	expect "$1 klibc, on_error=: carried out" console 'Power down'
	expect_not "$1 klibc, on_error=: that root is not entered" tap '^# frozen: '
}

case_switch_klibc_sealed() {
	dir=$2
	switch_kept "$1" klibc bpflock.seal=on
	switch_goes_on
}

case_switch_busybox() {
	dir=$2
	switch_kept "$1" busybox ''
	switch_goes_on
}

case_switch_busybox_sealed() {
	dir=$2
	switch_kept "$1" busybox bpflock.seal=on
	switch_goes_on
}

# It is --root that makes the difference.
case_switch_control() {
	dir=$2
	switch_boot "$1" util-linux "normal missing mounted" prepare=no
	expect "$1 util-linux, no --root: normal: the pins came along" tap "^# normal: $kept\$"
	for root in missing mounted; do
		expect "$1 util-linux, no --root: $root: the lock is lost" tap "^# $root: pins lost, .* mntns works"
		expect "$1 util-linux, no --root: $root: bpflock late misses it" tap "^# $root: late 1 lock that was asked for at boot is not there"
	done
}

# Each program on one old and one new kernel.
switch_jobs() {
	for name in $(kernel_names); do
		case $name in
		5.10) names="control klibc" ;;
		6.1) names="klibc_sealed busybox util_linux" ;;
		6.12) names="busybox_sealed" ;;
		*) names="util_linux_sealed" ;;
		esac
		for job in $names; do
			echo "$name switch_$job"
		done
	done
}
