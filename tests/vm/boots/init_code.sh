# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10/sealed 6.1/sealed 6.12/sealed 6.12/open 6.12/unsealed newest/sealed
# about: self
#
# Under the seal PID 1 runs what is of its read-only root. Without it, it runs
# what it likes, and so does everybody else.

words='bpflock.kimg=deny bpflock.kmodules=deny bpflock.rootfs=deny'
foreign='Operation not permitted'
case $variant in
sealed) words="$words bpflock.seal=on" ;;
open) words="bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on" foreign="it worked" ;;
unsealed) foreign='it worked' ;;
esac
boot init_code "$words"
expect "init code: the lock is closed" tap '^# first: locked as asked'
for what in 'maps code' 'maps data' 'maps for reading' 'maps a memfd' \
	'maps code in /etc' 'maps /etc for reading' 'executes'; do
	expect "init code, $variant: PID 1 $what" tap "^# PID 1 $what: $foreign\$"
	expect "init code, $variant: another process $what" tap \
		"^# another $what: it worked\$"
done
expect "init code, $variant: PID 1 maps code of the root" tap \
	'^# PID 1 maps code of the root: it worked$'
expect "init code, $variant: PID 1 executes a program of the root" tap \
	'^# end of the script'

# A copy of the bpffs is not enough where it can go by itself, or with the other.
[ "$variant" = unsealed ] ||
	for what in 'the last one' 'it, with a peer elsewhere' \
		'it, with a copy on a process'; do
		expect "init code, $variant: PID 1 unmounts $what" tap \
			"^# PID 1 unmounts $what: Operation not permitted\$"
	done
