# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The guest: its initramfs and QEMU. Expects $top, kernel.sh and
# protections.sh.
# shellcheck disable=SC2154

vm=$top/build/vm

# musl has no kernel headers
kernel_headers() {
	for dir in linux asm-generic asm; do
		[ ! -e "$vm/include/$dir" ] || continue
		mkdir -p "$vm/include"
		for from in /usr/include "/usr/include/$(uname -m)-linux-gnu"; do
			[ ! -d "$from/$dir" ] || ln -sfn "$from/$dir" "$vm/include/$dir"
		done
	done
}

# The protections that have a test file.
vm_keys() {
	sed -n 's/^SUITE(\([a-z]*\),.*/\1/p' "$top"/tests/vm/suites/*.c
}

newer_than() {
	[ ! -e "$1" ] || [ -n "$(find "$top/tests/vm" "$top/tests/lib" \
		-name "$2" -newer "$1")" ]
}

vm_programs() {
	mkdir -p "$vm"
	newer_than "$vm/matrix" '*.[ch]' || return 0
	kernel_headers
	"${CC:-musl-gcc}" -std=gnu11 -D_GNU_SOURCE= -O1 -Wall -Wextra -Werror \
		-Wno-missing-field-initializers -static -s \
		-idirafter "$vm/include" -I "$top/tests/vm" \
		-o "$vm/matrix" "$top"/tests/vm/*/*.c
	for bits in 32 64; do
		gcc "-m$bits" -std=gnu11 -O1 -Wall -Wextra -Werror \
			-ffreestanding -fno-stack-protector -fno-pic -no-pie \
			-mno-sse -nostdlib -static -s -idirafter "$vm/include" \
			-o "$vm/way$bits" "$top/tests/vm/ways/alone/way.c"
	done
}

# The images of tests/vm/ways/filesystems.c, with what the oldest kernel knows. They
# are made anew when this file has changed.
vm_filesystems() {
	images=$vm/images
	[ -z "$(find "$images/made" -newer "$top/tests/lib/vm.sh" 2>/dev/null)" ] ||
		return 0
	rm -rf "$images"
	mkdir -p "$images"
	truncate -s 16M "$images/xfs"
	mkfs.xfs -q --unsupported -m crc=1,bigtime=0,inobtcount=0 \
		-i nrext64=0 "$images/xfs" 2>/dev/null
	truncate -s 4M "$images/ext4"
	mke2fs -q -t ext4 -O encrypt -b 1024 -J size=1 "$images/ext4"
	truncate -s 32M "$images/btrfs"
	mkfs.btrfs -q --mixed "$images/btrfs" >/dev/null
	xz --check=crc32 --lzma2=dict=1MiB "$images"/*
	touch "$images/made"
}

# The part of the initramfs with the tests and the program under test. Without a
# program under test there are only controls.
vm_cpio() {
	root=$vm/root
	rm -rf "$root"
	mkdir -p "$root/bin" "$root/tests" "$root/etc"
	cp "$top/tests/vm/init" "$root/init"
	cp "$top/tests/lib/guest.sh" "$top"/tests/vm/boots/*.guest \
		"$top"/policy/*.policy "$root/tests/"
	cp "$vm/matrix" "$vm/way32" "$vm/way64" "$root/bin/"
	mkdir "$root/images"
	cp "$vm"/images/*.xz "$root/images/"
	if [ -x "$top/build/bpflock-init" ]; then
		cp "$top/build/bpflock-init" "$root/bin/"
		protection_keys >"$root/tests/protections"
		for link in bpflock $(cat "$root/tests/protections"); do
			ln -s bpflock-init "$root/bin/$link"
		done
		make -s -C "$top" build/bpflock-other
		cp "$top/build/bpflock-other" "$root/bin/"
	fi
	(cd "$root" && find . | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet) >"$vm/tests.cpio.new"
	mv "$vm/tests.cpio.new" "$vm/tests.cpio"
	rm -rf "$root"
}

# vm_image KERNEL - its initramfs. vmlinuz is in it for kexec, and a compressed
# module that the kernel unpacks itself.
vm_image() {
	find "$kernels/$1/lib" -name dummy.ko -exec \
		xz -c --check=crc32 --lzma2=dict=1MiB {} \; >"$kernels/$1/dummy.ko.xz"
	(cd "$kernels/$1" && printf 'vmlinuz\ndummy.ko.xz\n' |
		cpio -o -H newc -R 0:0 --quiet) |
		cat "$kernels/$1/base.cpio" "$vm/tests.cpio" - >"$vm/$1.cpio"
}

# vm_boot KERNEL DIR SECONDS WORDS [QEMU OPTIONS] - one boot. DIR gets
# console (ttyS0), tap (ttyS1) and status, QEMU's or timeout's (124).
vm_boot() {
	kernel=$1 dir=$2 seconds=$3 words=$4
	shift 4
	mkdir -p "$dir"
	rm -f "$dir/console" "$dir/tap"
	own=$(kernel_field "$kernel" 4)
	console=file:$dir/console
	# A fifo "input" in DIR is what the console reads.
	[ ! -p "$dir/input" ] || console=stdio
	set -- -accel tcg,thread="${tcg:-single}" -cpu max -m 512 -nodefaults -no-reboot \
		-display none -kernel "$kernels/$kernel/vmlinux" \
		-initrd "$vm/$kernel.cpio" \
		-append "console=ttyS0 quiet panic=-1 no_timer_check $own$words" \
		-serial "$console" -serial "file:$dir/tap" \
		-device pci-testdev,addr=05.0 "$@"
	status=0
	if [ -p "$dir/input" ]; then
		timeout "$seconds" qemu-system-x86_64 "$@" <>"$dir/input" \
			>"$dir/console" 2>"$dir/stderr" || status=$?
	else
		timeout "$seconds" qemu-system-x86_64 "$@" 2>"$dir/stderr" || status=$?
	fi
	echo "$status" >"$dir/status"
}
