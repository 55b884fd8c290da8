# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10 6.1 6.12 newest
# about: escape
#
# Who may not open a disk for writing may not have a driver open it
# (bpf/disk_openers.h), nor change in configfs who is served. And hotmod of
# ipmi_si, which takes addresses, is kimg's.

boot openers ''
for who in host mntns container; do
	allowed=1
	[ "$who" != host ] || allowed=0
	for file in device_path dev control new_dev blocklayout enable mkdir link rmdir \
		unlink; do
		expect "openers: $file, without the lock, as $who" tap \
			"^# control: $file as $who: 0\$"
		expect "openers: $file, escape=restrict, as $who" tap \
			"^# restrict: $file as $who: $allowed\$"
	done
	expect "openers: hotmod, without the lock, as $who" tap \
		"^# control: hotmod as $who: 0\$"
	expect "openers: hotmod, kimg=restrict, as $who" tap \
		"^# restrict: hotmod as $who: $allowed\$"
	expect "openers: hotmod, kimg=deny, as $who" tap \
		"^# deny: hotmod as $who: 1\$"
	expect "openers: reading, escape=restrict, as $who" tap \
		"^# restrict: read as $who: 0\$"
done
expect "openers: the script ends" tap '^# end of the script'
