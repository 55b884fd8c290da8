# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12/services 6.12/named
# about: rootfs
#
# An update as RAUC, Mender and SWUpdate do it, under iot.policy: a service writes
# the other slot, chooses it and reboots; the machine comes up from there, and the
# service marks it good. "named" is the policy with the line that trusts the
# updater alone.

disk=$dir/update
slot_mb=40

# slot NUMBER - the file system of a slot, which says its number
slot() {
	echo "$1" >"$disk.tree/slot"
	rm -f "$disk.$1"
	mke2fs -q -t ext4 -O ^has_journal -b 4096 -d "$disk.tree" "$disk.$1" \
		"${slot_mb}M" >/dev/null
}

# One disk with two slots and what the boot loader reads: the first slot is there,
# and chosen. The other disk is the update.
make_disks() {
	root_tree "$disk.tree"
	slot 1
	slot 2
	rm -rf "$disk.tree"
	truncate -s $((slot_mb * 2 + 8))M "$disk.disk"
	printf '%s\n' "1M,${slot_mb}M,83" ",${slot_mb}M,83" ,1M,83 |
		sfdisk -q --label dos --no-reread --no-tell-kernel "$disk.disk"
	dd if="$disk.1" of="$disk.disk" bs=1M seek=1 conv=notrunc status=none
	echo 1 | dd of="$disk.disk" bs=1M seek=$((1 + slot_mb * 2)) \
		conv=notrunc status=none
}

# turn NAME - one boot from this disk
turn() {
	limit=$matrix_seconds boot update "updater=$variant" -device virtio-scsi-pci \
		-drive "file=$disk.disk,if=none,id=root,format=raw" \
		-drive "file=$disk.2,if=none,id=new,format=raw" \
		-device scsi-hd,drive=root,lun=0 -device scsi-hd,drive=new,lun=1
	inner "update-$variant, $1:"
}

make_disks
turn "before"
expect "update-$variant: the first slot runs" tap '^# runs slot 1'
expect "update-$variant: it is locked" tap '^# status says: locked as asked, and sealed'
expect "update-$variant: it reboots" console 'reboot: Restarting system'
turn "behind"
expect "update-$variant: the second slot runs" tap '^# runs slot 2'
expect "update-$variant: it is locked too" tap '^# status says: locked as asked, and sealed'
rm -f "$disk".*
