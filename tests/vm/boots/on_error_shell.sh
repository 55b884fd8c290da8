# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
#
# on: 6.12
# about: none
#
# A mistake in the policy, and on_error=shell.

rm -f "$dir/input"
mkfifo "$dir/input"
# Waits for the prompt and types. The sum shows that a shell reads it.
{
	n=0
	until saw console 'built-in shell' || [ $((n += 1)) -gt 600 ]; do
		sleep 1
	done
	sleep 2
	# A shell that is just starting drops what it is sent.
	# shellcheck disable=SC2016 # for the shell in the guest
	for line in '' 'echo sum-$((40 + 2))-of-the-shell' \
		'echo sum-$((40 + 2))-of-the-shell' 'poweroff -f'; do
		echo "$line"
		sleep 1
	done >"$dir/input"
} &
boot boot "$mistake bpflock.on_error=shell"
wait
rm -f "$dir/input"
expect "on_error=shell: a shell on the console" console 'sum-42-of-the-shell'
expect_not "on_error=shell: does not go on by itself" tap '^# status'
