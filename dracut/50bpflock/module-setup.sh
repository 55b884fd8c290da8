#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bpflock for dracut: lock the kernel right before the real root is entered.
# What is enforced stands in bpflock.policy(5); without a policy, nothing is.
# shellcheck disable=SC2154 # moddir and the others are dracut's

check() {
	# A crash kernel must be able to write its dump.
	[[ $IN_KDUMP == 1 ]] && return 1
	require_binaries bpflock-init
}

depends() {
	return 0
}

install() {
	inst_binary "$(find_binary bpflock-init)" /usr/sbin/bpflock-init
	inst_multiple -o /etc/bpflock/policy

	# With systemd the hooks' failures are ignored: a unit that
	# initrd-switch-root requires can stop the boot, a hook cannot.
	if dracut_module_included "systemd-initrd"; then
		inst_simple "$moddir/bpflock.service" \
			"$systemdsystemunitdir/bpflock.service"
		$SYSTEMCTL -q --root "$initdir" enable bpflock.service
	else
		inst_hook pre-pivot 99 "$moddir/bpflock.sh"
	fi
}
