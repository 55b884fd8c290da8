# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10/control 5.10/klibc 6.1/klibc_sealed 6.1/busybox 6.1/util_linux
# on: 6.12/busybox_sealed newest/util_linux_sealed
# about: self
#
# What switches to the real root must take the pins along. The variant is the
# program that switches: each on an old and on a new kernel. One boot goes from
# root to root, see switch.guest.

# The host may load what is signed. Still the seal has no gap.
policy='bpflock.kimg=restrict bpflock.kimg.allow=autoload_module'
policy="$policy bpflock.kmodules=restrict bpflock.kmodules.block=unsigned_module"

# Where a package has a program, and what that program needs.
files='./sbin/switch_root ./usr/lib/klibc/bin/run-init
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
			tar -C "$tree" -x --wildcards $files
		) 2>/dev/null || :
	done
	mkdir "$tree/bin"
	mv "$tree/sbin/switch_root" "$tree/usr/lib/klibc/bin/run-init" "$tree/bin"
	rm -rf "${tree:?}/sbin" "${tree:?}/usr"
	(cd "$tree" && find . | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet) >"$1"
	rm -rf "$tree"
}

# switch_boot PROGRAM ROOTS WORDS
switch_boot() {
	switch_cpio "$dir/switch.cpio"
	cat "$vm/$kernel.cpio" "$dir/switch.cpio" >"$dir/initrd"
	boot switch "program=$1 roots=\"$2\" $policy $3" -initrd "$dir/initrd" \
		-smp 2
	rm -f "$dir/switch.cpio" "$dir/initrd"
}

kept='pins kept, status 0, mntns denied, host works'

# switch_moves EXPECTED - what moving the mounts of the pins gives
switch_moves() {
	for move in 'the bpffs by mount' 'the bpffs by move_mount' \
		'/sys by mount' '/sys by move_mount' '/sys by open_tree' \
		'the root by pivot_root' 'another mount by mount'; do
		expect "$what move $move" tap "^# moves: $move: $1\$"
	done
	if [ "$kernel" != 5.10 ]; then
		expect "$what move /sys to a group of peers" tap \
			"^# moves: /sys to a group of peers: $1\$"
		expect "$what move a copy to the peers of /sys" tap \
			"^# moves: a copy to the peers of /sys: $1\$"
		expect "$what the same in another mount namespace" tap \
			'^# moves: the same in .*: Operation not permitted$'
	fi
	for move in 'another mount by move_mount' 'its own root in a container' \
		'a shared volume over another in a container' \
		'its own /sys in a container'; do
		expect "$what move $move" tap "^# moves: $move: it worked\$"
	done
}

# switch_newroot - in the initramfs, mounts move to a new root and nowhere else
switch_newroot() {
	for move in 'the bpffs by mount' 'the bpffs by move_mount' \
		'/sys by mount' '/sys by move_mount' '/sys by open_tree' \
		'the root by pivot_root' 'another mount by mount' \
		'lose: by mount' 'lose: by move_mount'; do
		expect "$what in the initramfs: denied: $move" tap \
			"^# initramfs:* $move: Operation not permitted\$"
	done
	for attempt in 'unmount it' 'move it by mount' 'move it by move_mount' \
		'move /sys to it on a process' 'move /sys to a mount below it' \
		'pivot_root to a mount below it' 'unmount a bind mount of it' \
		'remove its directory elsewhere' \
		'rename its directory elsewhere' \
		'unmount it in a peer mount namespace'; do
		expect "$what the new root: denied: $attempt" tap \
			"^# newroot: $attempt: Operation not permitted\$"
	done
	for attempt in 'unmount a private copy' 'unmount another mount' \
		'remove another directory' 'move /sys to it'; do
		expect "$what the new root: allowed: $attempt" tap \
			"^# newroot: $attempt: it worked\$"
	done
	for race in 'unmount it' 'remove its directory elsewhere'; do
		expect "$what the new root: race: $race" tap \
			"^# newroot race: $race: 2000 of 2000 moves worked\$"
	done
}

# switch_races - of what the pins depend on nothing moves, 1,000 rounds each
switch_races() {
	wrong=0
	said=$(tr -d '\r' <"$dir/tap" | grep '^# race: ')
	echo "$said" | awk '{ n++ } / 1000 rounds, .* 0 worked$/ { ok++ }
		END { exit n != 10 || ok != n }' || wrong=1
	tap_ok "$wrong" "$kernel $what races: nothing that the pins depend on moves" \
		"$said"
	expect "$what races: another mount does" tap \
		'^# race beside the pins: .* [1-9][0-9]* worked$'
}

# switch_copies - a copy of /sys takes nothing along when it goes
switch_copies() {
	[ "$kernel" != 5.10 ] || return 0
	for where in '' ' elsewhere'; do
		expect "$what copies$where: some come, some go, none does both" tap \
			"^# copies$where: [1-9].* [1-9].*, 0 both, the pins are there\$"
	done
}

# switch_kept PROGRAM WORDS [ROOTS] - the last root, "frozen", has no /sys and
# cannot be written
switch_kept() {
	roots=${3:-normal missing mounted}
	switch_boot "$1" "$roots frozen" "prepare=yes $2"
	what="$1, ${2:-not sealed}:"
	for root in $roots; do
		expect "$what $root: prepared" tap \
			"^# /newroot, $root: exit status 0\$"
		expect "$what $root: the pins came along" tap "^# $root: $kept\$"
	done
	case $2 in
	*seal*)
		switch_moves 'Operation not permitted'
		for call in mount move_mount; do
			expect "$what move the bpffs to a process by $call" tap \
				"^# lose: by $call: Operation not permitted\$"
		done
		switch_races
		switch_copies
		switch_newroot
		;;
	*) switch_moves 'it worked' ;;
	esac
	remedy='/newroot/sys: Read-only file system: .*make an empty directory /sys'
	expect "$what frozen: the remedy is named" console "bpflock: $remedy"
}

# "frozen" is an error, and the boot goes on.
switch_goes_on() {
	expect "$what frozen: it is an error" tap \
		'^# /newroot, frozen: exit status 1$'
	expect "$what frozen: the summary says so" tap \
		'^#   kernel log: NOT LOCKED AS ASKED: kimg=restrict'
}

# Without --root the pins are lost where /sys is not moved.
control() {
	switch_boot util-linux "normal missing mounted" prepare=no
	what="util-linux, no --root:"
	expect "$what normal: the pins came along" tap "^# normal: $kept\$"
	for root in missing mounted; do
		expect "$what $root: the lock is lost" tap \
			"^# $root: pins lost, .* mntns works"
		expect "$what $root: bpflock late misses it" tap \
			"^# $root: late 1 lock that was asked for at boot is not there"
	done
}

# The kernel goes on enforcing with programs that are mounted nowhere any more,
# or the lock is gone.
util_linux() {
	switch_kept util-linux ''
	switch_goes_on
	expect "$what frozen: and the lock is lost" tap \
		'^# frozen: pins lost, .* mntns works'
	expect "$what the root that is there is none to prepare" tap \
		'^#   bpflock: --root /: is the root already'
}

# Each root is one more mount on the way up from the pins. The seal climbs six,
# and on 7.x the way ends one higher.
util_linux_sealed() {
	switch_kept util-linux bpflock.seal=on "missing mounted"
	switch_goes_on
	expect_not "util-linux, sealed: the new root is found" tap \
		'no new root is mounted'
	expect "util-linux, sealed: frozen: still denied" tap \
		'^# frozen: pins lost, .* mntns denied'
}

klibc() {
	switch_kept klibc "bpflock.on_error=poweroff bpflock.seal=on"
	expect "klibc, on_error=: carried out" console 'Power down'
	expect_not "klibc, on_error=: that root is not entered" tap '^# frozen: '
}

klibc_sealed() {
	switch_kept klibc bpflock.seal=on
	switch_goes_on
}

busybox() {
	switch_kept busybox ''
	switch_goes_on
}

busybox_sealed() {
	switch_kept busybox bpflock.seal=on
	switch_goes_on
	expect_not "busybox, sealed: the new root is found" tap \
		'no new root is mounted'
}

"$variant"
