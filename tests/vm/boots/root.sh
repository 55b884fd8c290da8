# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10/ext4 5.10/squashfs 6.1/btrfs 6.1/erofs 6.12/ext4 6.12/verity 6.12/md newest/btrfs
# about: rootfs
#
# A read-only root on a disk, with the lock loaded before that root is entered.
# The variant is a file system, or what is below it. Each kernel has a root of
# its own and one that cannot be written.

start=2048 # the partition's first sector
disk=$dir/root

# An image of that tree.
make_fs() {
	rm -f "$disk.fs"
	ext4="mke2fs -q -t ext4 -d $disk.tree -b 4096"
	case $variant in
	ext4) $ext4 "$disk.fs" 32M ;;
	md | verity) $ext4 -O ^has_journal "$disk.fs" 32M ;;
	squashfs)
		mksquashfs "$disk.tree" "$disk.fs" -comp gzip -quiet -no-progress
		;;
	erofs) mkfs.erofs "$disk.fs" "$disk.tree" ;;
	btrfs)
		truncate -s 160M "$disk.fs"
		mkfs.btrfs -q -r "$disk.tree" "$disk.fs"
		;;
	esac >/dev/null
	rm -rf "$disk.tree"
}

# Appends the hashes and prints device mapper's table: its length, what
# veritysetup(8) writes, data blocks, and the first block after the hash header.
make_verity() {
	size=$(wc -c <"$disk.fs")
	blocks=$((size / 4096))
	hash=$(veritysetup format --hash-offset="$size" --salt=00 \
		--uuid=00000000-0000-0000-0000-000000000000 \
		"$disk.fs" "$disk.fs" |
		sed -n 's/^Root hash:[[:space:]]*//p')
	printf '%s,' $((blocks * 8)) 1 8:1 8:1 4096 4096 "$blocks" \
		$((blocks + 1)) sha256 "$hash"
	echo 00
}

# A disk with the image as its first partition, and another one.
make_disk() {
	sectors=$((($(wc -c <"$disk.fs") + 511) / 512))
	truncate -s $(((sectors + 2 * start) * 512)) "$disk.disk"
	printf '%s\n' "$start,$sectors,83" "$((start + sectors)),$start,83" |
		sfdisk -q --label dos --no-reread --no-tell-kernel "$disk.disk"
	dd if="$disk.fs" of="$disk.disk" bs=512 seek=$start conv=notrunc \
		status=none
	rm -f "$disk.fs"
}

type=$variant words=
root_tree "$disk.tree"
make_fs
case $variant in
ext4) words="readd=1" ;;
md) type=ext4 words="array=1" ;;
verity) type=ext4 words="verity=$(make_verity)" ;;
esac
make_disk

# The modes on what can be written, and only "deny" on the others: other jobs
# try the rest. ROOT_ARGS=all tries it here.
case $variant in
ext4 | btrfs) given=${ROOT_ARGS:-modes} ;;
*) given=${ROOT_ARGS:-brief} ;;
esac
[ "$given" != all ] || given=

truncate -s 16M "$disk.other"
limit=$matrix_seconds boot root "rootfs=$type args=\"$given\" $words" \
	-device virtio-scsi-pci \
	-drive "file=$disk.disk,if=none,id=root,format=raw" \
	-drive "file=$disk.other,if=none,id=other,format=raw" \
	-device scsi-hd,drive=root,lun=0 -device scsi-hd,drive=other,lun=1
rm -f "$disk.disk" "$disk.other"
[ "$variant" != ext4 ] || expect "rootfs: the disk of the root under another number" \
	tap '^# readd: open sd[c-z] for writing: Operation not permitted'
inner | sed "s/ - $kernel rootfs / - $kernel rootfs-$variant /" |
	check_skips "$kernel" "rootfs-$variant" "$dir"
