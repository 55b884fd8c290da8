# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# Debian's kernels for the virtual machines, unpacked below build/kernels:
# vmlinuz, vmlinux (which QEMU starts), version, lib/modules and base.cpio
# (busybox and these modules). Expects $top, the repository.
# shellcheck disable=SC2154

. "$top/tests/lib/vmlinux.sh"

kernels=$top/build/kernels

note() {
	echo "tests: $*" >&2
}

# The names in tests/vm/kernels, those that $KERNEL selects if it is set.
kernel_names() {
	while read -r name _ _ _; do
		case $name in
		'' | '#'*) continue ;;
		esac
		case ${KERNEL:-$name} in
		"$name") echo "$name" ;;
		[7-9].* | [1-9][0-9].*) [ "$name" != newest ] || echo newest ;;
		esac
	done <"$top/tests/vm/kernels"
}

# kernel_field NAME N - the Nth word of its line, from N=4 on the rest of it
kernel_field() {
	awk -v n="$1" -v f="$2" '$1 == n {
		if (f < 4) { print $f; exit }
		for (i = 4; i <= NF; i++) printf "%s ", $i
		exit
	}' "$top/tests/vm/kernels"
}

# The packages that hold vmlinuz and the modules: one up to 6.x, later three.
kernel_packages() {
	for p in $("$top/deps/archive" depends "$1" "$2"); do
		case $p in
		linux-image-[0-9]*)
			echo "$p"
			kernel_packages "$1" "$p"
			;;
		linux-binary-[0-9]* | linux-modules-[0-9]*) echo "$p" ;;
		esac
	done
}

modules_wanted() {
	grep -v '^#' "$top/tests/vm/modules"
}

# Unpacks only what the guest needs out of the package file $2.
unpack_package() {
	set -- "$1" "$2" "$(mktemp)"
	{
		echo '*/vmlinuz*'
		modules_wanted | sed 's,.*,*/kernel/*/&.ko*,'
	} >"$3"
	# tar complains about patterns without a match
	dpkg-deb --fsys-tarfile "$2" |
		tar -C "$1" -x --wildcards -T "$3" 2>/dev/null || :
	rm -f "$3"
}

# The guest's modprobe reads no compressed modules.
decompress_modules() {
	find "$1" -name '*.ko.xz' -exec xz -d {} +
	find "$1" -name '*.ko.zst' -exec zstd -q -d --rm {} +
}

busybox_static() {
	if command -v busybox >/dev/null &&
		busybox --list 2>/dev/null | grep -qx depmod &&
		! ldd "$(command -v busybox)" >/dev/null 2>&1; then
		command -v busybox
		return
	fi
	deb=$("$top/deps/archive" binary bookworm "$top/build/debs" busybox-static)
	dpkg-deb --fsys-tarfile "$deb" | tar -C "$top/build" -x ./bin/busybox
	echo "$top/build/bin/busybox"
}

applets='sh mount umount mkdir cat echo ls rm rmdir ln sleep poweroff reboot
	modprobe insmod rmmod unshare chroot setsid grep sed head test true false
	dmesg env kill ps wc cut tr cp mv chmod'

# The part of the guest's initramfs that does not change between tests.
base_cpio() {
	base=$1/base
	rm -rf "$base"
	mkdir -p "$base/bin" "$base/dev" "$base/proc" "$base/sys" "$base/run" \
		"$base/tmp" "$base/etc" "$base/mnt" "$base/lib/modules"
	ln -s bin "$base/sbin"
	cp "$busybox" "$base/bin/busybox"
	for applet in $applets; do
		ln -s busybox "$base/bin/$applet"
	done
	cp -r "$1/lib/modules/$2" "$base/lib/modules/"
	"$busybox" depmod -b "$base" "$2"
	(cd "$base" && find . | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet) >"$1/base.cpio"
	rm -rf "$base"
}

# kernel_fetch NAME - everything below build/kernels/NAME, made if need be
kernel_fetch() {
	dir=$kernels/$1
	stamp=$(cat "$top/tests/vm/kernels" "$top/tests/vm/modules" \
		"$top/tests/lib/kernel.sh" "$top/tests/lib/vmlinux.sh" | cksum)
	[ "$(cat "$dir/stamp" 2>/dev/null)" != "$stamp" ] || return 0
	note "kernel $1: fetching and unpacking"
	suite=$(kernel_field "$1" 2)
	rm -rf "$dir"
	mkdir -p "$dir/unpacked"
	# shellcheck disable=SC2046 # one word per package
	for deb in $("$top/deps/archive" binary "$suite" "$top/build/debs" \
		$(kernel_packages "$suite" "$(kernel_field "$1" 3)")); do
		unpack_package "$dir/unpacked" "$deb"
	done
	decompress_modules "$dir/unpacked"
	modules=$(find "$dir/unpacked" -type d -path '*/lib/modules/*' \
		-name kernel -prune | head -n 1)
	version=$(basename "$(dirname "$modules")")
	mkdir -p "$dir/lib/modules/$version"
	mv "$modules" "$dir/lib/modules/$version/"
	find "$dir/unpacked" -name 'vmlinuz*' -type f -exec mv {} "$dir/vmlinuz" \;
	rm -rf "$dir/unpacked"
	vmlinux "$dir/vmlinuz" "$dir/vmlinux"
	busybox=$(busybox_static)
	base_cpio "$dir" "$version"
	echo "$version" >"$dir/version"
	echo "$stamp" >"$dir/stamp"
}
