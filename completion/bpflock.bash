# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Completion for bpflock and for the commands of the protections. The program
# itself knows the words: bpflock list, and the help of each command.

_bpflock_protections()
{
	bpflock list 2>/dev/null | cut -d ' ' -f 1 | uniq
}

# The operations of a protection, behind the commas that are there already.
_bpflock_operations()
{
	local before=

	case $2 in
	*,*) before=${2%,*}, ;;
	esac
	bpflock list 2>/dev/null | sed -n "s/^$1 \([^ ]*\) .*/$before\1/p"
}

_bpflock()
{
	local command=${COMP_WORDS[0]##*/} word=${COMP_WORDS[COMP_CWORD]} words

	if [ "$command" = bpflock ]; then
		command=${COMP_WORDS[1]}
		if [ "$COMP_CWORD" -eq 1 ]; then
			words=$(bpflock --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
			mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
			return
		fi
	fi
	case ${COMP_WORDS[COMP_CWORD - 1]} in
	explain) words=$(bpflock list --all 2>/dev/null | sed 's/^\([^ ]*\) \([^ ]*\) .*/\1.\2/') ;;
	--protection) words=$(_bpflock_protections) ;;
	diff | --policy | --cmdline | --initramfs)
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--since) words='10m 1h 1d' ;;
	-p) # of a protection, or of events
		words='allow audit restrict deny'
		[ "$command" != events ] || words=$(_bpflock_protections)
		;;
	--profile) words='allow audit restrict deny' ;;
	-s | --scope) words='mnt pid net user ipc uts cgroup time' ;;
	-a | --allow | -b | --block) words=$(_bpflock_operations "$command" "$word") ;;
	*)
		words=$(bpflock "$command" --help 2>/dev/null | grep -o -- '--[a-z]*')
		[ "$command:$COMP_CWORD" != policy:2 ] || words="diff $words"
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

# shellcheck disable=SC2046 # words
complete -F _bpflock bpflock $(_bpflock_protections)
