#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# initramfs_hooks.sh - which program the hooks of dracut, initramfs-tools and
# mkinitcpio put into an initramfs: the one without the tool, or else the whole
# one, or else they tell that there is no lock
#
# The functions of those tools are stubs that print. TAP without numbers;
# tests/deb and tests/distro run the hooks in the real tools.
# shellcheck disable=SC2016,SC2317 # for the other shell; "$tool"
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
. tests/lib/tap.sh
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
boot=$work/usr/lib/bpflock/bpflock-boot
whole=$work/usr/sbin/bpflock-init
mkdir -p "${boot%/*}" "${whole%/*}"
echo 'copy_exec() { echo "$1 as $2"; }; copy_file() { :; }' >"$work/functions"

# with_root HOOK - the hook, for the programs below $work
with_root() {
	sed -e "s,program=/usr,program=$work/usr," \
		-e "s,^\. /.*hook-functions,. $work/functions," "$1"
}

initramfs_tools() {
	with_root initramfs-tools/hooks/bpflock >"$work/hook"
	sh "$work/hook"
}

# dracut looks for programs below dracutsysrootdir.
dracut() {
	dracutsysrootdir=$work bash -c '. dracut/50bpflock/module-setup.sh
		dwarn() { echo "W: $*" >&2; }
		inst_binary() { echo "$dracutsysrootdir$1 as $2"; }
		inst_multiple() { :; }
		inst_hook() { :; }
		dracut_module_included() { return 1; }
		check && install' || :
}

mkinitcpio() {
	with_root packaging/mkinitcpio/install/bpflock >"$work/hook"
	bash -c '. "$1"
		add_binary() {
			[[ -x $1 ]] || { echo "W: $1 is missing"; return 1; }
			echo "$1 as $2"
		}
		add_file() { :; }
		in_array() { return 1; }
		add_runscript() { :; }
		HOOKS=()
		build' bash "$work/hook"
}

# puts TEXT NAME - each tool prints just TEXT, where SBIN is its directory
puts() {
	for tool in dracut initramfs_tools mkinitcpio; do
		wrong=0
		said=$("$tool" 2>&1) || wrong=1
		sbin=/usr/sbin
		[ "$tool" != mkinitcpio ] || sbin=/usr/bin
		[ "$said" = "$(echo "$1" | sed "s,SBIN,$sbin,")" ] || wrong=1
		[ "$wrong" = 0 ] || failed=1
		tap_ok "$wrong" "$tool: $2" "$said"
	done
}

install -m 755 /dev/null "$boot"
install -m 755 /dev/null "$whole"
puts "$boot as SBIN/bpflock-init" "the program without the tool"
rm "$boot"
puts "$whole as SBIN/bpflock-init" "the whole program, if there is no other"
rm "$whole"
for tool in dracut initramfs_tools mkinitcpio; do
	said=$("$tool" 2>&1) || :
	wrong=0
	echo "$said" | grep -q '^W: .*bpflock-init is missing' &&
		! echo "$said" | grep -q ' as ' || wrong=1 failed=1
	tap_ok "$wrong" "$tool: without a program it warns" "$said"
done
exit "$failed"
