# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The kernel as QEMU starts it fastest.

# number FILE OFFSET BYTES - a little-endian number
number() {
	od -A n -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '
}

# vmlinux BZIMAGE FILE - unpacks the kernel, which QEMU then starts by its PVH
# entry. Otherwise each guest unpacks it in emulation, which takes seconds. FILE
# is BZIMAGE itself if it has no such entry or is compressed in another way.
#
# The offsets are those of Documentation/arch/x86/boot.rst: setup_sects at 0x1f1,
# payload_offset at 0x248, payload_length at 0x24c. The payload ends with its
# size, which xz(1) and zstd(1) complain about, behind what they unpack.
vmlinux() {
	payload=$2.payload
	from=$((($(number "$1" 497 1) + 1) * 512 + $(number "$1" 584 4)))
	tail -c +$((from + 1)) "$1" | head -c "$(number "$1" 588 4)" >"$payload"
	case $(od -A n -t x1 -N 4 "$payload") in
	' fd 37 7a 58') unpack='xz -dc' ;;
	' 28 b5 2f fd') unpack='zstd -dc' ;;
	' 02 21 4c 18') unpack='lz4 -dc' ;;
	*) unpack=false ;;
	esac
	$unpack <"$payload" >"$2" 2>/dev/null || :
	rm -f "$payload"
	# note 18 of Xen, XEN_ELFNOTE_PHYS32_ENTRY
	LC_ALL=C readelf -n "$2" 2>/dev/null | grep -q '(0x00000012)' ||
		cp "$1" "$2"
}
