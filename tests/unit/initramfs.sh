#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tests/unit/initramfs.sh - what bpflock check says of initramfs images: in every
# compression, with early parts before them, without the lock, with another version
# or policy, and broken. tests/deb has those that the distributions make.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh

command -v cpio >/dev/null || {
	echo "ok - initramfs # SKIP no cpio"
	exit
}
dir=$PWD/build/unit/initramfs.images
failed=0
rm -rf "$dir"
mkdir -p "$dir/main/usr/sbin" "$dir/main/etc/bpflock" "$dir/early/kernel/x86/microcode"
policy=$dir/main/etc/bpflock/policy
echo 'kimg = restrict' >"$policy"
head -c 100000 /dev/urandom >"$dir/main/usr/lib"
# program VERSION - as in the binary, behind a text that only looks like it
program() {
	printf 'bpflock 1.2 and\0\177ELF bpflock %s\0more' "$1"
}
program 1.2.3+test >"$dir/main/usr/sbin/bpflock-init"
head -c 5000 /dev/urandom >"$dir/early/kernel/x86/microcode/AuthenticAMD.bin"

# archive DIR [FILTER] - as initramfs-tools and dracut make it
archive() {
	(cd "$dir/$1" && find . "${2:--print}" | LC_ALL=C sort |
		cpio -o -H newc --quiet)
}

# early - a part that is not compressed, and NULs
early() {
	archive early
	head -c 512 /dev/zero
}

# is NAME EXIT PATTERN - what is said of the image NAME
is() {
	status=0
	said=$(build/unit/initramfs "$dir/$1" "${with:-$policy}" 2>&1) || status=$?
	wrong=0
	[ "$status" = "$2" ] || wrong=1
	echo "$said" | grep -q -e "$3" || wrong=1
	[ "$wrong" = 0 ] || failed=1
	tap_ok "$wrong" "$1: $3" "exit status $status: $said"
}

digest=$(sha256sum "$policy" | cut -c 1-12)
good="bpflock 1.2.3+test, policy $digest\$"
archive main >"$dir/cpio"
is cpio 0 "$good"
for how in "gzip -c" "zstd -qc" "xz -c --check=crc32" "lz4 -lqc" "bzip2 -c" \
	"xz -c --format=lzma"; do
	program=${how%% *}
	command -v "$program" >/dev/null || {
		echo "ok - $program # SKIP no $program"
		continue
	}
	name=$(echo "$how" | tr -d ' =-')
	{
		early
		early
		$how <"$dir/cpio"
	} >"$dir/$name"
	is "$name" 0 "$good"
	size=$(wc -c <"$dir/$name")
	head -c "$((size - 5000))" "$dir/$name" >"$dir/$name.short"
	is "$name.short" 1 "$program cannot unpack it to its end"
done
{
	early
	cat "$dir/cpio"
} >"$dir/uncompressed"
is uncompressed 0 "$good"
head -c 9000 "$dir/uncompressed" >"$dir/uncompressed.short"
is uncompressed.short 1 'it was cut short'
early >"$dir/early.only"
is early.only 1 'bpflock is not in it'
: >"$dir/empty"
is empty 1 'it was cut short'
echo text >"$dir/text"
is text 1 'it is no initramfs'
is gone 1 'No such file'
{
	early
	printf '070701garbage%0100d' 0
} >"$dir/garbage"
is garbage 1 'broken cpio archive'
gzip -c "$dir/uncompressed" >"$dir/several"
is several 0 "$good"
gzip -c "$dir/gzipc" >"$dir/twice"
is twice 1 'compressed twice'
said=$(env PATH=/nowhere build/unit/initramfs "$dir/gzipc" "$policy") || :
wrong=0
echo "$said" | grep -q 'the program gzip, which unpacks it, is not installed' ||
	wrong=1 failed=1
tap_ok "$wrong" "no gzip" "$said"

with=/nonexistent
is cpio 1 "it has a policy, $digest, and"
with=$dir/early/kernel/x86/microcode/AuthenticAMD.bin
is cpio 1 "its policy is another one, $digest, than"
with=
program 0.9 >"$dir/main/usr/sbin/bpflock-init"
archive main >"$dir/older"
is older 1 'it has bpflock 0.9,$'
# The kernel unpacks what stands behind over what is there.
cat "$dir/older" "$dir/cpio" >"$dir/replaced"
is replaced 0 "$good"
echo '#!/bin/sh' >"$dir/main/usr/sbin/bpflock-init"
archive main >"$dir/script"
is script 1 'bpflock of an unknown version'
# What the hooks put there: it has no tool, and its version all the same
cp build/bpflock-boot "$dir/main/usr/sbin/bpflock-init"
archive main >"$dir/boot"
with=$policy
is boot 1 "it has $(build/bpflock --version),\$"
rm "$policy"
program 1.2.3+test >"$dir/main/usr/sbin/bpflock-init"
archive main >"$dir/no_policy"
with=$dir/text
is no_policy 1 '/etc/bpflock/policy is not in it'
with=/nonexistent
is no_policy 0 'bpflock 1.2.3+test, no policy file'
# As PID 1, under another name; a script that is called init is another program.
mv "$dir/main/usr/sbin/bpflock-init" "$dir/main/init"
archive main >"$dir/as_init"
is as_init 0 'bpflock 1.2.3+test, no policy file'
echo '#!/bin/sh' >"$dir/main/init"
archive main >"$dir/other_init"
is other_init 1 'bpflock is not in it'
# Of several names of a file, one has its data.
program 1.2.3+test >"$dir/main/aaa"
ln "$dir/main/aaa" "$dir/main/usr/sbin/bpflock-init"
ln "$dir/main/aaa" "$dir/main/zzz"
archive main >"$dir/links"
is links 0 'bpflock 1.2.3+test, no policy file'
# Unified kernel images: a PE file with the initramfs, padded, before the kernel
if command -v objcopy >/dev/null; then
	printf '6.12.1-uki\n' >"$dir/uname"
	head -c 70000 /dev/urandom >"$dir/kernel"
	truncate -s 4096 "$dir/stub.bin"
	objcopy -I binary -O elf64-x86-64 -B i386:x86-64 "$dir/stub.bin" "$dir/stub.o"
	# uki NAME SECTION=FILE...
	uki() {
		name=$1
		shift
		at=65536
		set -- "$@" .linux=kernel
		for part; do
			section=${part%%=*}
			set -- "$@" --add-section "$section=$dir/${part#*=}" \
				--set-section-flags "$section=contents,alloc,load,data" \
				--change-section-vma "$section=$at"
			shift
			at=$((at + 16777216))
		done
		objcopy -O pei-x86-64 "$@" "$dir/stub.o" "$dir/$name"
	}
	with=/nonexistent
	uki plain.efi .uname=uname .initrd=links
	is plain.efi 0 'bpflock 1.2.3+test, no policy file'
	gzip -c "$dir/links" >"$dir/links.gz"
	uki compressed.efi .uname=uname .initrd=links.gz
	is compressed.efi 0 'bpflock 1.2.3+test, no policy file'
	uki lockless.efi .initrd=other_init
	is lockless.efi 1 'bpflock is not in it'
	uki kernel.efi .uname=uname
	is kernel.efi 1 'no initramfs is in it'
	head -c 80000 "$dir/plain.efi" >"$dir/short.efi"
	is short.efi 1 'broken unified kernel image'
	head -c 100 "$dir/plain.efi" >"$dir/head.efi"
	is head.efi 1 'broken unified kernel image'
else
	echo "ok - unified kernel images # SKIP no objcopy"
fi
rm -rf "$dir"
exit "$failed"
