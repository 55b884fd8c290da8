# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# The policies in policy/, each as the policy file of the initramfs.

boot policies ''
expect "policies: without one a container may" tap \
	'^# control: autoload as mntns 0$'
for file in "$top"/policy/*.policy; do
	name=${file##*/}
	expect "policy/$name: is in force" tap "^# $name: 0\$"
	expect "policy/$name: a container is denied" tap \
		"^# $name: autoload as mntns 1\$"
	expect "policy/$name: the host is not" tap \
		"^# $name: autoload as host 0\$"
done
expect "policy/iot.policy: is sealed" tap '^# seal: on$'
expect "policies: status: locked as asked" tap \
	'^# applied-status says: locked as asked'
expect "policies: status of that exits with 0" tap '^# applied-status: 0$'
expect "policies: status after a change of the file" tap '^# changed-status: 1$'
expect "policies: it says that another file was applied" tap \
	'^# changed-status says: LOCKED, AND THE POLICY FILE IS NOT THE ONE APPLIED'
expect_not "policies: status asks for nothing that self denies" tap \
	'^# changed-status says: self .*[0-9] denied'
expect "policies: an ordinary user may not look" tap '^# user-status: 77$'
expect "policies: and is told" tap \
	'^# user-status says: cannot see what is enforced'
expect "policy/iot.policy: the tool works after bpflock late" tap \
	'^# after late: status 0$'
