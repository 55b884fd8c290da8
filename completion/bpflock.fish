# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion for fish. The program itself knows the words.

function __bpflock_commands
    bpflock --help | string match -rg '^  ([a-z]+ +.*)' | string replace -r ' +' \t
end

function __bpflock_operations
    bpflock list 2>/dev/null | string replace -r '^([^ ]+) ([^ ]+) .*' '$1.$2'
end

complete -c bpflock -f
complete -c bpflock -n __fish_use_subcommand -a '(__bpflock_commands)'
complete -c bpflock -n '__fish_seen_subcommand_from explain' -a '(__bpflock_operations)'
complete -c bpflock -n '__fish_seen_subcommand_from status events check' -l json
complete -c bpflock -n '__fish_seen_subcommand_from status check' -l verbose
complete -c bpflock -n '__fish_seen_subcommand_from status' -l prometheus
complete -c bpflock -n '__fish_seen_subcommand_from events' -l follow
complete -c bpflock -n '__fish_seen_subcommand_from events' -l journal
complete -c bpflock -n '__fish_seen_subcommand_from events' -l since -x -a '10m 1h 1d'
complete -c bpflock -n '__fish_seen_subcommand_from events' -l protection -x \
    -a '(bpflock list | string replace -r " .*" "" | uniq)'
for word in (bpflock list 2>/dev/null | string replace -r ' .*' '' | uniq)
    complete -c $word -f
    complete -c $word -s p -l profile -x -a 'allow audit restrict deny'
    complete -c $word -s a -l allow -x
    complete -c $word -s b -l block -x
    complete -c $word -s s -l scope -x -a 'mnt pid net user ipc uts cgroup time'
    complete -c $word -s t -l trust -x
end
