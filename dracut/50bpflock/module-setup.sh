#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bpflock for dracut: lock the kernel right before the real root is entered.
# bpflock.policy(5) describes the policy; without one nothing is enforced.
# shellcheck disable=SC2154 # dracut sets moddir and the others

bpflock_program=/usr/sbin/bpflock-init

check() {
	# A crash kernel is not locked: it must be able to write its dump.
	[[ $IN_KDUMP == 1 ]] && return 1
	require_binaries "$bpflock_program"
}

depends() {
	return 0
}

install() {
	inst_binary "$bpflock_program" /usr/sbin/bpflock-init
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
