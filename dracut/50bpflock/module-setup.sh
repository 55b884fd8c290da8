#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bpflock for dracut: lock the kernel right before the real root is entered.
# bpflock.policy(5) describes the policy; without one nothing is enforced.
# shellcheck disable=SC2154 # dracut sets moddir and the others

# The second is the same program with the tool: a larger initramfs with the lock
# is better than one without it.
bpflock_boot_program=/usr/lib/bpflock/bpflock-boot
bpflock_whole_program=/usr/sbin/bpflock-init

bpflock_program() {
	local program

	for program in "$bpflock_boot_program" "$bpflock_whole_program"; do
		if [[ -x $dracutsysrootdir$program ]]; then
			echo "$program"
			return
		fi
	done
	dwarn "bpflock: $program is missing: this initramfs has no lock"
	return 1
}

check() {
	# A crash kernel is not locked: it must be able to write its dump.
	[[ $IN_KDUMP == 1 ]] && return 1
	bpflock_program >/dev/null
}

depends() {
	return 0
}

install() {
	inst_binary "$(bpflock_program)" /usr/sbin/bpflock-init
	inst_multiple -o /etc/bpflock/policy

	# Where systemd runs in the initramfs, dracut ignores the failures of
	# hooks. Only a unit that initrd-switch-root requires stops the boot.
	if dracut_module_included "systemd-initrd"; then
		inst_simple "$moddir/bpflock.service" \
			"$systemdsystemunitdir/bpflock.service"
		$SYSTEMCTL -q --root "$initdir" enable bpflock.service
	else
		inst_hook pre-pivot 99 "$moddir/bpflock.sh"
	fi
}
