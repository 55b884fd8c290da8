# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion for fish. The program itself knows the words.

function __bpflock_commands
    bpflock --help | string match -rg '^  ([a-z]+ +.*)' | string replace -r ' +' \t
end

function __bpflock_protections
    bpflock list 2>/dev/null | string replace -r ' .*' '' | uniq
end

# The operations of all protections, or those of one behind the commas
function __bpflock_operations
    if test (count $argv) -eq 0
        bpflock list --all 2>/dev/null | string replace -r '^([^ ]+) ([^ ]+) .*' '$1.$2'
    else
        set -l before (string replace -rf '[^,]*$' '' -- (commandline -ct))
        bpflock list 2>/dev/null | string replace -rf "^$argv[1] ([^ ]+) .*" "$before\$1"
    end
end

complete -c bpflock -f
complete -c bpflock -n __fish_use_subcommand -a '(__bpflock_commands)'
complete -c bpflock -n '__fish_seen_subcommand_from explain' -a '(__bpflock_operations)'
complete -c bpflock -n '__fish_seen_subcommand_from events' -l since -x -a '10m 1h 1d'
complete -c bpflock -n '__fish_seen_subcommand_from events' -l protection -x \
    -a '(__bpflock_protections)'
complete -c bpflock -n '__fish_seen_subcommand_from check' -l initramfs -r -F
complete -c bpflock -n '__fish_seen_subcommand_from policy' -l policy -r -F
complete -c bpflock -n '__fish_seen_subcommand_from policy' -l cmdline -r -F
complete -c bpflock -n '__fish_seen_subcommand_from policy' -a diff
complete -c bpflock -n '__fish_seen_subcommand_from diff' -F

# The options of each command, from its help. Asked for once in a shell.
for word in (__bpflock_commands | string replace -r '\t.*' '')
    for option in (bpflock $word --help 2>/dev/null | string match -ra -- '--[a-z]+' |
            string replace -- -- '')
        contains -- $option since protection policy cmdline initramfs ||
            complete -c bpflock -n "__fish_seen_subcommand_from $word" -l $option
    end
end
for word in (__bpflock_protections)
    for command in "-c $word" "-c bpflock -n '__fish_seen_subcommand_from $word'"
        eval complete $command -f
        eval complete $command -s p -l profile -x -a "'allow audit restrict deny'"
        eval complete $command -s a -l allow -x -a "'(__bpflock_operations $word)'"
        eval complete $command -s b -l block -x -a "'(__bpflock_operations $word)'"
        eval complete $command -s s -l scope -x -a "'mnt pid net user ipc uts cgroup time'"
        eval complete $command -s t -l trust -x
    end
end
