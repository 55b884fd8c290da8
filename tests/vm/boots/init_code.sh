# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10/sealed 6.1/sealed 6.12/sealed 6.12/unsealed newest/sealed
# about: self
#
# Under the seal PID 1 runs what is of its read-only root. Without it, it runs
# what it likes, and so does everybody else.

words='bpflock.kimg=deny bpflock.kmodules=deny bpflock.rootfs=deny'
foreign='Operation not permitted'
case $variant in
sealed) words="$words bpflock.seal=on" ;;
unsealed) foreign='it worked' ;;
esac
boot init_code "$words"
expect "init code: the lock is closed" tap '^# first: locked as asked'
for what in 'maps code' 'maps data' 'maps for reading' 'maps a memfd' \
	'maps code in /etc' 'executes'; do
	expect "init code, $variant: PID 1 $what" tap "^# PID 1 $what: $foreign\$"
	expect "init code, $variant: another process $what" tap \
		"^# another $what: it worked\$"
done
for what in 'maps code of the root' 'maps /etc for reading'; do
	expect "init code, $variant: PID 1 $what" tap "^# PID 1 $what: it worked\$"
done
expect "init code, $variant: PID 1 executes a program of the root" tap \
	'^# end of the script'
