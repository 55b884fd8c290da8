# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# Roots for the tests of rootfs: one disk for each file system, with the root
# on its first partition. Expects $top, $vm, $kernels and support.sh.
# shellcheck disable=SC2154,SC2034

root_packages='e2fsprogs squashfs-tools erofs-utils btrfs-progs cryptsetup-bin'
root_start=2048 # the partition's first sector

# root_types KERNEL - each kernel has a root of its own and one that cannot be
# written; ROOTS= selects others
root_types() {
	case $1 in
	5.10) echo "${ROOTS:-ext4 squashfs}" ;;
	6.1) echo "${ROOTS:-btrfs erofs}" ;;
	6.12) echo "${ROOTS:-ext4 verity md}" ;;
	*) echo "${ROOTS:-btrfs}" ;;
	esac
}

# What is in each root: the guest's programs and folders to mount on.
root_tree() {
	rm -rf "$1"
	mkdir -p "$1"
	for cpio in "$kernels/$2/base.cpio" "$vm/tests.cpio"; do
		(cd "$1" && cpio -idu --quiet --no-preserve-owner) <"$cpio"
	done
	rm -rf "$1/lib/modules" "$1/init"
	for folder in jail usr/lib/deep boot srv/usr newroot; do
		mkdir -p "$1/$folder"
	done
	echo root:x:0:0 >"$1/etc/passwd"
}

# root_fs TYPE TREE FILE - an image of that tree
root_fs() {
	rm -f "$3"
	case $1 in
	ext4) mke2fs -q -t ext4 -d "$2" -b 4096 "$3" 32M ;;
	md | verity) mke2fs -q -t ext4 -O ^has_journal -d "$2" -b 4096 "$3" 32M ;;
	squashfs) mksquashfs "$2" "$3" -comp gzip -quiet -no-progress ;;
	erofs) mkfs.erofs "$3" "$2" ;;
	btrfs)
		truncate -s 160M "$3"
		mkfs.btrfs -q -r "$2" "$3"
		;;
	esac >/dev/null
}

# root_partition FILE DISK - a disk with FILE as its one partition
root_partition() {
	sectors=$((($(wc -c <"$1") + 511) / 512))
	truncate -s $(((sectors + root_start) * 512)) "$2"
	{
		printf '\000\000\002\000\203\377\377\377\000\010\000\000'
		for shift in 0 8 16 24; do
			# shellcheck disable=SC2059 # an octal byte
			printf "\\$(printf %03o $((sectors >> shift & 255)))"
		done
	} | dd of="$2" bs=1 seek=446 conv=notrunc status=none
	printf '\125\252' | dd of="$2" bs=1 seek=510 conv=notrunc status=none
	dd if="$1" of="$2" bs=512 seek=$root_start conv=notrunc status=none
	rm -f "$1"
}

# root_disk KERNEL TYPE - makes $vm/KERNEL-TYPE.disk, and .verity
root_disk() {
	disk=$vm/$1-$2
	root_tree "$disk.tree" "$1"
	root_fs "$2" "$disk.tree" "$disk.fs"
	if [ "$2" = verity ]; then
		size=$(wc -c <"$disk.fs")
		veritysetup format --hash-offset="$size" --uuid="$(printf %08d 0)-0000-0000-0000-000000000000" \
			--salt=00 "$disk.fs" "$disk.fs" |
			sed -n 's/^Root hash:[[:space:]]*//p' >"$disk.hash"
		# the table: data blocks, the first block after the hash header
		blocks=$((size / 4096))
		echo "$((blocks * 8)),1,8:1,8:1,4096,4096,$blocks,$((blocks + 1)),sha256,$(cat "$disk.hash"),00" >"$disk.verity"
	fi
	rm -rf "$disk.tree"
	root_partition "$disk.fs" "$disk.disk"
}

# The modes on what can be written, and only "deny" on the others; the lock's
# core, which others test, has the rest: ROOT_ARGS=all tries it.
job_root() {
	# shellcheck disable=SC2086 # a list
	"$top/deps/install-tools" $root_packages >&2
	root_disk "$1" "$2"
	type=$2 words=
	if [ "$2" = md ]; then
		type=ext4
		words="array=1"
	fi
	if [ "$2" = verity ]; then
		type=ext4
		words="verity=$(cat "$vm/$1-$2.verity")"
	fi
	case $2 in
	ext4 | btrfs) given=${ROOT_ARGS:-modes} ;;
	*) given=${ROOT_ARGS:-brief} ;;
	esac
	[ "$given" != all ] || given=
	truncate -s 16M "$vm/$1-$2.other"
	vm_boot "$1" "$3" "$matrix_seconds" "test=root rootfs=$type args=\"$given\" $words" \
		-device virtio-scsi-pci \
		-drive "file=$vm/$1-$2.disk,if=none,id=root,format=raw" \
		-drive "file=$vm/$1-$2.other,if=none,id=other,format=raw" \
		-device scsi-hd,drive=root,lun=0 -device scsi-hd,drive=other,lun=1
	rm -f "$vm/$1-$2.disk" "$vm/$1-$2.other"
	tap_inner "$1" <"$3/tap" | sed "s/ - $1 rootfs / - $1 rootfs-$2 /" |
		check_skips "$1" "rootfs-$2" "$3"
}
