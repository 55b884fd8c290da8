#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# install.sh - "make install" and "make uninstall" with a DESTDIR
#
# TAP without numbers on standard output; loads nothing.
set -eu

top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
. tests/lib/tap.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

quiet_make() {
	make -s "$@" >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
}

files() {
	(cd "$1" && find . ! -type d | sed 's,^\.,,' | LC_ALL=C sort)
}

# expected PREFIX - each path that has to be there
expected() {
	words=$(build/bpflock list | cut -d ' ' -f 1 | uniq)
	for word in bpflock bpflock-init $words; do
		echo "$1/sbin/$word"
	done
	for word in bpflock $words; do
		echo "$1/share/bash-completion/completions/$word"
	done
	echo "$1/share/fish/vendor_completions.d/bpflock.fish"
	echo "$1/share/zsh/vendor-completions/_bpflock"
	for page in man/*.[578]; do
		echo "$1/share/man/man${page##*.}/${page#man/}"
	done
	for policy in policy/*.policy; do
		echo "$1/share/bpflock/${policy#policy/}"
	done
	echo "$1/lib/bpflock/bpflock-boot"
	echo "$1/lib/bpflock/policy-changed"
	cat <<-END
	/usr/lib/dracut/modules.d/50bpflock/bpflock.service
	/usr/lib/dracut/modules.d/50bpflock/bpflock.sh
	/usr/lib/dracut/modules.d/50bpflock/module-setup.sh
	/usr/lib/systemd/system/bpflock-events.service
	/usr/lib/systemd/system/bpflock-late.service
	/usr/lib/systemd/system/bpflock-policy.path
	/usr/lib/systemd/system/bpflock-policy.service
	/usr/share/initramfs-tools/hooks/bpflock
	/usr/share/initramfs-tools/scripts/init-bottom/bpflock
	END
}

# The parts of the real root that name the program name the one in PREFIX.
paths() {
	grep -hE '(program|^ExecStart)=/' \
		"$1/usr/lib/dracut/modules.d/50bpflock/module-setup.sh" \
		"$1"/usr/lib/systemd/system/*.service \
		"$1/usr/share/initramfs-tools/hooks/bpflock" \
		"$1$2/lib/bpflock/policy-changed" |
		sed 's/[^=]*=//; s/ .*//'
}

# What a person is told whose policy is newer than an initramfs.
policy_changed() {
	sed "s,^program=.*,program=$top/build/bpflock," systemd/policy-changed \
		>"$work/policy-changed"
	mkdir "$work/boot"
	echo 'kimg = restrikt' >"$work/policy"
	touch -d '1 hour ago' "$work/policy"
	touch -d '2 hours ago' "$work/boot/initrd.img-1" "$work/boot/vmlinuz-1"
	touch "$work/boot/initramfs-2.img"
	said=$(sh "$work/policy-changed" "$work/policy" "$work/boot" 2>&1)
	echo "$said"
	[ "$(echo "$said" | grep -c "$work/boot/")" -eq 1 ] &&
		echo "$said" | grep -q "$work/boot/initrd.img-1" &&
		echo "$said" | grep -q restrikt &&
		touch "$work/boot/initrd.img-1" &&
		[ -z "$(sh "$work/policy-changed" "$work/policy" "$work/boot" 2>&1)" ]
}

# Links lead to a file, programs are executable, the rest is not.
modes() {
	find "$1" -type l ! -exec test -e {} \; -print
	find "$1" -type f \( -path '*/sbin/*' -o -path '*/lib/bpflock/*' \) ! -perm 755
	find "$1" -type f ! -path '*/sbin/*' ! -path '*/hooks/*' ! -path '*.sh' \
		! -path '*/scripts/*' ! -path '*/lib/bpflock/*' ! -perm 644
	find "$1" -type f ! -user "$(id -un)"
}

for prefix in /usr /usr/local; do
	root=$work/root$prefix
	mkdir -p "$root"
	status=0
	quiet_make install "DESTDIR=$root" "PREFIX=$prefix" || status=1
	tap_ok $status "install PREFIX=$prefix"
	files "$root" >"$work/is"
	expected "$prefix" | LC_ALL=C sort >"$work/should"
	text=$(diff "$work/should" "$work/is") && status=0 || status=1
	tap_ok $status "install PREFIX=$prefix: these files and no other" "$text"
	text=$(paths "$root" "$prefix")
	! echo "$text" | grep -v "^$prefix/[a-z]*/" &&
		[ "$(echo "$text" | wc -l)" -eq 8 ] && status=0 || status=1
	tap_ok $status "install PREFIX=$prefix: the parts name its program" "$text"
	text=$(head -n 1 "$root$prefix/share/zsh/vendor-completions/_bpflock")
	words=$(build/bpflock list | cut -d ' ' -f 1 | uniq | tr '\n' ' ')
	[ "$text" = "#compdef bpflock ${words% }" ] &&
		status=0 || status=1
	tap_ok $status "install PREFIX=$prefix: zsh completes each command" "$text"
	text=$(modes "$root")
	[ -z "$text" ] && status=0 || status=1
	tap_ok $status "install PREFIX=$prefix: links and modes" "$text"

	# What belongs to somebody else stays.
	touch "$root$prefix/sbin/other"
	status=0
	quiet_make uninstall "DESTDIR=$root" "PREFIX=$prefix" || status=1
	left=$(files "$root"; find "$root" -type d -name '*bpflock*')
	[ "$left" = "$prefix/sbin/other" ] || status=1
	tap_ok $status "uninstall PREFIX=$prefix leaves nothing" "$left"
done

text=$(policy_changed) && status=0 || status=1
tap_ok "$status" "a policy that is newer than an initramfs is reported" "$text"
