# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.1 newest
# about: escape
#
# The variables of the firmware, which only a machine with UEFI has. The firmware
# starts a bzImage and nothing else: the last -kernel is QEMU's.

cp /usr/share/OVMF/OVMF_VARS_4M.fd "$dir/vars"
boot efivars "" -kernel "$kernels/$kernel/vmlinuz" \
	-drive "if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd" \
	-drive "if=pflash,unit=1,format=raw,file=$dir/vars"
rm -f "$dir/vars"
inner
