# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 5.10/sealed 5.10/flash 6.1/sealed 6.12/sealed 6.12/usr 6.12/flash 6.12/open
# on: 6.12/unsealed newest/sealed newest/usr
# about: self
#
# Under the seal PID 1 runs what is of its read-only root. Without it, it runs
# what it likes, and so does everybody else.

words='bpflock.kimg=deny bpflock.kmodules=deny bpflock.rootfs=deny'
foreign='Operation not permitted'
on=tmpfs
case $variant in
sealed) words="$words bpflock.seal=on" ;;
usr | flash) words="$words bpflock.seal=on" on=$variant ;;
open) words="bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on" foreign="it worked" ;;
unsealed) foreign='it worked' ;;
esac
boot init_code "$words on=$on"
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

# The file system of the program counts as the root's, and so does flash memory.
case $variant in
usr | sealed | flash)
	expect "init code, $variant: remount,rw of the root is denied" tap \
		'^# remount of /: [1-9]'
	;;
esac
[ "$variant" != usr ] ||
	expect "init code, usr: remount,rw of /usr is denied" tap \
		'^# remount of /usr: [1-9]'
[ "$variant" != flash ] ||
	expect "init code, flash: the flash memory is not opened for writing" \
		tap '^# open the flash memory: [1-9]'

# Where rootfs closes the root, PID 1 moves the pins no more than others do.
case $variant in
sealed) moves=$foreign ;;
open) moves='it worked' ;;
*) moves= ;;
esac
[ -z "$moves" ] || expect "init code, $variant: PID 1 moves the pins" tap \
	"^# PID 1 moves it: $moves\$"

# A copy of the bpffs is not enough where it can go by itself, or with the other.
[ "$variant" = unsealed ] ||
	for what in 'the last one' 'it, with a peer elsewhere' \
		'it, with a copy on a process'; do
		expect "init code, $variant: PID 1 unmounts $what" tap \
			"^# PID 1 unmounts $what: Operation not permitted\$"
	done
