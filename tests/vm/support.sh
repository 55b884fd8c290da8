# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# One boot each: kernels that cannot, mistakes in the policy, and the policy
# from the kernel command line. case_NAME KERNEL DIR prints tests. Expects $top
# and $vm.
# shellcheck disable=SC2154

seconds=600
mistake='bpflock.kimg=restrict bpflock.no_such_key=1'

# What was seen, of the guest's TAP and of its console.
saw() {
	tr -d '\r' <"$dir/$1" 2>/dev/null | grep -q -e "$2"
}

expect() {
	if saw "$2" "$3"; then
		tap_ok 0 "$1"
	else
		tap_ok 1 "$1" "not in $2: $3
$(tr -d '\r' <"$dir/tap" | tail -n 8)"
	fi
}

expect_not() {
	if saw "$2" "$3"; then
		tap_ok 1 "$1" "must not be in $2: $3"
	else
		tap_ok 0 "$1"
	fi
}

guest_boot() {
	vm_boot "$1" "$dir" "$seconds" "test=boot $2"
}

# The boot way, and the whole table of callers against it.
case_cmdline() {
	dir=$2
	guest_boot "$1" "bpflock.kimg=restrict bpflock.kimg.allow=debugfs,ioport args=\"kimg given restrict allow=debugfs,ioport\""
	expect "$1 boot: policy of the command line: exit status" tap '^# status 0$'
	tap_inner "$1 boot:" <"$dir/tap" | grep -v '# SKIP'
}

# Our own reads must not need what confidentiality takes away. On 5.10 they
# do, so there it must be said. What lockdown itself denies is not ours to
# test: a module request is what only the lock refuses.
case_confidentiality() {
	dir=$2
	guest_boot "$1" "lockdown=confidentiality bpflock.kimg=restrict bpflock.kmodules=restrict bpflock.disablebpf=restrict"
	if [ "$1" = 5.10 ]; then
		expect "$1 lockdown=confidentiality: exit status" tap '^# status 69$'
		expect "$1 lockdown=confidentiality: the remedy is named" tap 'lockdown'
		return
	fi
	expect "$1 lockdown=confidentiality: exit status" tap '^# status 0$'
	expect "$1 lockdown=confidentiality: all is locked" tap 'locked: kimg=restrict kmodules=restrict disablebpf=restrict'
	expect "$1 lockdown=confidentiality: it is enforced" tap '^# autoload host 0 mntns 1$'
	expect "$1 lockdown=confidentiality: a container has its folders" tap '^# folders$'
}

# Those that are ready to be used, each as the file of the initramfs.
case_policies() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=policies"
	expect "$1 policies: without one a container may" tap '^# control: autoload as mntns 0$'
	for file in "$top"/policy/*.policy; do
		name=${file##*/}
		expect "$1 policy/$name: is in force" tap "^# $name: 0\$"
		expect "$1 policy/$name: a container is refused" tap "^# $name: autoload as mntns 1\$"
		expect "$1 policy/$name: the host is not" tap "^# $name: autoload as host 0\$"
	done
	expect "$1 policy/iot.policy: is sealed" tap '^# seal: on$'
}

# As the first process: it becomes bpflock.exec= with words and environment.
case_pid1() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=pid1 rdinit=/bin/bpflock-init bpflock.exec=/init bpflock.kimg=restrict variable=kept -- a word"
	expect "$1 PID 1: becomes the next program as PID 1" tap '^# pid 1 '
	expect "$1 PID 1: with its arguments" tap '^# .* words a word'
	expect "$1 PID 1: with its environment" tap '^# .* variable kept'
	expect "$1 PID 1: the pins are there" tap '^# pinned'
	tap_inner "$1 PID 1:" <"$dir/tap" | grep -v '# SKIP'
}

# A kernel that does not check signatures, as far as the lock can see: every
# module counts as unsigned, those of Debian too.
case_no_module_sig() {
	dir=$2
	guest_boot "$1" "hide_sig=1 bpflock.kmodules.block=unsigned_module"
	expect "$1 signatures not checked: exit status" tap '^# status 0$'
	expect "$1 signatures not checked: all modules are unsigned" tap '^# autoload host 1 mntns 1$'
}

# What the tools answer in each mode of disablebpf; PID 1 has loaded it, and
# what it became is not let through as the loader is.
case_disablebpf() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=disablebpf rdinit=/bin/bpflock-init bpflock.exec=/init bpflock.disablebpf=deny bpflock.kimg=restrict"
	expect "$1 disablebpf=deny: loaded and tried out" console 'locked: kimg=restrict disablebpf=deny'
	for command in status events other loosen again; do
		expect "$1 disablebpf=deny: not permitted: $command" tap "^# deny-$command: 77\$"
		expect "$1 disablebpf=deny: the remedy is named: $command" tap "^# deny-$command says: .*disablebpf -p allow"
	done
	expect_not "$1 disablebpf=deny: not taken off in a container" tap '^# deny-mntns: 0$'
	expect "$1 disablebpf=deny: taken off on the host" tap '^# allow: 0$'
	expect "$1 disablebpf=allow: status" tap '^# allow-status: 0$'
	expect "$1 disablebpf=allow: kimg is still in force" tap '^# allow-status says: kimg: restrict'
	expect "$1 disablebpf=allow: the lock guards itself still" tap '^# allow-status says: self: restrict'
	expect "$1 disablebpf=restrict: applied" tap '^# restrict: 0$'
	expect "$1 disablebpf=restrict: status" tap '^# restrict-status: 0$'
	expect "$1 disablebpf=restrict: no status in a container" tap '^# restrict-mntns: 77$'
	expect "$1 disablebpf=restrict: another is replaced" tap '^# restrict-other: 0$'
	expect "$1 disablebpf=restrict: made stricter" tap '^# restrict-deny: 0$'
	expect "$1 disablebpf=deny: another is taken off" tap '^# deny-other-off: 0$'
	expect "$1 disablebpf=deny: the lock guards itself still" tap '^# pinned: self$'
	expect "$1 disablebpf=deny: and is there" tap '^# pinned: disablebpf$'
	expect_not "$1 disablebpf=deny: the other is not" tap '^# pinned: kimg$'
	expect "$1 disablebpf=deny: not even PID 1" tap '^bpflock: .*Operation not permitted.*disablebpf'
}

# There every tmpfs counts as /dev/shm, so "tmpfs" has nothing left to show.
case_fileless_confidentiality() {
	dir=$2
	guest_boot "$1" "lockdown=confidentiality bpflock.fileless=restrict args=\"fileless given restrict\""
	expect "$1 fileless, lockdown=confidentiality: exit status" tap '^# status 0$'
	for op in exec interp mmap innocent; do
		expect "$1 fileless, lockdown=confidentiality: $op" tap \
			"^ok .* fileless $op: given restrict"
	done
	expect "$1 fileless, lockdown=confidentiality: any tmpfs" tap \
		'execve in /run as mntns: must work: Operation not permitted'
}

case_no_bpf_lsm() {
	dir=$2
	# the kernel takes the last lsm=
	guest_boot "$1" "lsm=lockdown,yama bpflock.kimg=restrict"
	expect "$1 bpf not among the LSMs: exit status" tap '^# status 69$'
	expect "$1 bpf not among the LSMs: the remedy is named" tap 'lsm=.*bpf'
}

case_no_btf() {
	dir=$2
	guest_boot "$1" "hide_btf=1 bpflock.kimg=restrict"
	expect "$1 no BTF: exit status" tap '^# status 69$'
	expect "$1 no BTF: the remedy is named" tap 'CONFIG_DEBUG_INFO_BTF'
}

case_on_error_continue() {
	dir=$2
	guest_boot "$1" "$mistake bpflock.on_error=continue"
	expect "$1 on_error=continue: exit status" tap '^# status 65$'
	expect "$1 on_error=continue: goes on" tap '^# end of the script$'
	expect "$1 on_error=continue: kimg is locked all the same" tap '^# autoload host 0 mntns 1$'
	expect "$1 on_error=continue: the mistake is named" tap 'no_such_key'
}

case_on_error_shell() {
	dir=$2
	rm -f "$dir/input"
	mkfifo "$dir/input"
	# waits for the prompt, then types; the sum shows that a shell reads it
	{
		n=0
		until saw console 'starting a shell' || [ $((n += 1)) -gt "$seconds" ]; do
			sleep 1
		done
		sleep 2
		# shellcheck disable=SC2016 # for the shell in the guest
		printf 'echo sum-$((40 + 2))-of-the-shell; poweroff -f\n' >"$dir/input"
	} &
	guest_boot "$1" "$mistake bpflock.on_error=shell"
	wait
	rm -f "$dir/input"
	expect "$1 on_error=shell: a shell on the console" console 'sum-42-of-the-shell'
	expect_not "$1 on_error=shell: does not go on by itself" tap '^# status'
}

case_on_error_reboot() {
	dir=$2
	guest_boot "$1" "$mistake bpflock.on_error=reboot"
	expect "$1 on_error=reboot: reboots" console 'reboot: Restarting system'
	expect_not "$1 on_error=reboot: does not go on" tap '^# status'
}

case_on_error_poweroff() {
	dir=$2
	guest_boot "$1" "$mistake bpflock.on_error=poweroff"
	expect "$1 on_error=poweroff: powers off" console 'reboot: Power down'
	expect_not "$1 on_error=poweroff: does not go on" tap '^# status'
}

case_on_error_panic() {
	dir=$2
	guest_boot "$1" "$mistake bpflock.on_error=panic"
	expect "$1 on_error=panic: panics" console 'Kernel panic - not syncing'
	expect_not "$1 on_error=panic: does not go on" tap '^# status'
}

# The manual's word for three protections, tried without a look at the code.
case_attacks() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=attacks syscall.x32=y"
	tap_inner "$1" <"$dir/tap"
}

# A descriptor that was open before cannot be taken back: it is reported.
case_ftrace_held() {
	dir=$2
	guest_boot "$1" "hold_ftrace=1 bpflock.kimg=restrict"
	expect "$1 ftrace_enabled held open: exit status" tap '^# status 1$'
	expect "$1 ftrace_enabled held open: by whom" tap 'process 1 (init) has kernel.ftrace_enabled open'
	expect "$1 ftrace_enabled held open: the summary tells" tap 'NOT LOCKED AS ASKED: kimg=restrict ftrace_enabled=HELD'
	expect "$1 ftrace_enabled held open: the rest is in force" tap '^# autoload host 0 mntns 1$'
	expect "$1 ftrace_enabled held open: status tells too" tap '^# bpflock status: 1$'
}

# Late parts of all protections; what kmodules and disablebpf do is looked at.
late_words='bpflock.kimg=restrict bpflock.kmodules=restrict bpflock.late.kimg.block=kcore'
for key in kmodules disablebpf fileless rootfs sysfs namespaces escape; do
	late_words="$late_words bpflock.late.$key=deny"
done

late_expected() {
	what="$1 late, $3"
	expect "$what: the summary tells what waits" tap 'locked: kimg=restrict(late: allow+lists) kmodules=restrict(late: deny) disablebpf=allow(late: deny) .*escape=allow(late: deny)'
	expect "$what: status tells what waits" tap '^# before-status says: *late: *deny, waits for bpflock late (command line:'
	expect "$what: its JSON does" tap '^# before json "late":{"mode":"[a-z]*","in_force":false'
	expect "$what: not by a container" tap '^# container-late: 77$'
	expect "$what: nothing is stricter before" tap '^# before: autoload 0$'
	expect "$what: bpf(2) is open before" tap '^# before: map_create 0$'
	expect "$what: it works" tap '^# late: 0$'
	expect "$what: the kernel log tells" tap '^# late kernel log: late: .*kmodules=deny disablebpf=deny'
	expect "$what: stricter for the host" tap '^# after: autoload 1$'
	expect "$what: bpf(2) is closed" tap '^# after: map_create 1$'
	expect "$what: what was refused still is" tap '^# still refused in a container$'
	expect "$what: twice changes nothing" tap '^# again: 0$'
}

case_late() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=late bpflock.seal=on $late_words"
	late_expected "$1" "$dir" sealed
	expect "$1 late, sealed: it stays" tap '^# rmdir: 1$'
	expect "$1 late, sealed: nobody loosens it" tap '^# replaced: 77$'
	expect "$1 late, sealed: it still holds" tap '^# replaced: autoload 1$'
}

# Root may keep it from being turned on, but not make it look as if it were.
case_late_blocked() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=late blocked=1 bpflock.seal=on bpflock.kimg=deny bpflock.kmodules=restrict bpflock.late.kmodules=deny"
	expect "$1 late, blocked: a pin is in its place" tap '^# pin: 0$'
	expect "$1 late, blocked: it fails" tap '^# late: 1$'
	expect "$1 late, blocked: and says so" tap '^# late says: .*had no effect'
	expect "$1 late, blocked: status says that it waits" tap '^# blocked-status says: *late: *deny, waits for bpflock late'
}

case_late_unsealed() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=late loosen=1 $late_words"
	late_expected "$1" "$dir" "not sealed"
	expect "$1 late, not sealed: status tells that it holds" tap '^# after-status says: *late: *deny, in force'
	expect "$1 late, not sealed: one is set anew, without a late part" tap '^# replaced: autoload 0$'
	expect "$1 late, not sealed: nothing waits after all are taken off" tap '^# nothing: 0$'
	expect "$1 late, not sealed: and that is said" tap '^# nothing says: nothing waits'
}

# looks_are BY-SERVICE SERVICE-BY-CONTAINER APP-BY-CONTAINER - works or refused
looks_are() {
	for look in "service by host:works" "service by service:$1" \
		"service by container:$2" "app by container:$3"; do
		case ${look#*:} in
		works) said=': 0$' ;;
		refused) said=' says: .*denied' ;;
		esac
		expect "$name scopes: $when: ${look%:*} ${look#*:}" tap "^# $when: ${look%:*}$said"
	done
}

# Who is host to any protection is guarded from those who are not.
case_scopes() {
	dir=$2
	name=$1
	vm_boot "$1" "$dir" "$seconds" "test=scopes"
	when=control looks_are works works works
	when=escape looks_are works works works
	when=namespaces looks_are works refused works
	when=without looks_are works works works
	when=again looks_are works refused works
	when=trusted looks_are works refused refused
	expect "$1 scopes: the lock is as strict as any scope" tap '^# own-cgroups says: .*not permitted'
	expect "$1 scopes: what is trusted by one may what that forbids" tap '^# app-dev_mem: 0$'
	expect "$1 scopes: and may not take off another" tap '^# app-rm says: .*not permitted'
	expect "$1 scopes: too many trusted cgroups are refused" tap '^# many: 65$'
	expect "$1 scopes: that is said" tap '^# many says: .*could not guard them'
	expect "$1 scopes: and nothing has changed" tap '^# host-dev_mem: 0$'
}

sealed='bpflock.kimg=deny bpflock.kmodules=deny bpflock.seal=on'

# Attacks on the lock itself work where there is none ...
case_seal_control() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=seal how=control"
	tap_inner "$1" <"$dir/tap"
}

# ... and for the host where it is not sealed, not for others. To load the lock
# again after each takes long, so one kernel must do for some ...
case_seal_off() {
	dir=$2 few=few=few
	case $1${FULL:+.full} in
	6.12 | *.full) few= ;;
	esac
	vm_boot "$1" "$dir" 1200 "test=seal how=unsealed $few bpflock.kmodules=restrict"
	tap_inner "$1" <"$dir/tap"
	expect "$1 not sealed: all is in force" tap '^# status 0$'
	expect "$1 not sealed: status says so" tap '^# seal: off$'
	expect "$1 not sealed: and its JSON" tap '^# "seal":"off"'
	expect "$1 not sealed: the host may change it" tap '^# taken off: 0$'
	expect "$1 not sealed: refusals are events" tap '^# events: [1-9]'
}

# ... and for nobody where it is sealed.
case_seal_on() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=seal how=sealed $sealed"
	tap_inner "$1" <"$dir/tap"
	expect "$1 sealed: the summary says so" tap 'locked: kimg=deny kmodules=deny seal=on'
	expect "$1 sealed: all is in force" tap '^# status 0$'
	expect "$1 sealed: status says so" tap '^# seal: on$'
	expect "$1 sealed: and its JSON" tap '^# "seal":"on"'
	expect "$1 sealed: nobody may change it" tap '^# taken off: 77$'
	expect "$1 sealed: with the reason" tap 'sealed until the next boot'
	expect "$1 sealed: refusals are events" tap '^# events: [1-9]'
	expect "$1 sealed: the protections hold" tap '^# still refused in a container$'
	expect "$1 sealed: PID 1 loads an LSM program" tap '^# PID 1: load an LSM program: it worked'
	expect "$1 sealed: but not one on bpf" tap '^# PID 1: load an LSM program on bpf: Operation not permitted'
	expect "$1 sealed: PID 1 cannot unmount the last bpffs" tap '^# PID 1: unmount everything: Operation not permitted'
	expect "$1 sealed: and the protections hold" tap '^# PID 1: load a module after that: Operation not permitted'
}

# Where nothing may read the kernel's memory mounts are followed in another way
# from 6.2 on; before it is said that there is no seal. A tracefs that was made
# under this lockdown crashes 6.12 when it is unmounted.
case_seal_confidentiality() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "lockdown=confidentiality no_tracefs=1 test=seal how=sealed $sealed"
	if [ "$1" = 6.1 ]; then
		expect "$1 sealed, lockdown=confidentiality: is not said to hold" tap 'self=restrict+lists(degraded) seal=advisory(not denied to the host: self)'
		return
	fi
	tap_inner "$1 lockdown=confidentiality:" <"$dir/tap"
}

# Without kimg and kmodules there are other ways to the lock.
case_seal_advisory() {
	dir=$2
	vm_boot "$1" "$dir" "$seconds" "test=seal how=sealed bpflock.kmodules=restrict bpflock.seal=on"
	tap_inner "$1" <"$dir/tap"
	expect "$1 seal alone: the summary tells what is missing" tap 'seal=advisory(not denied to the host: kimg kmodules)'
	expect "$1 seal alone: status says so" tap '^# seal: advisory$'
	expect "$1 seal alone: and what is missing" tap '^# *not denied to the host: kimg kmodules'
}

# SECURITY.md has each attack, and what must become of it, as it is tried.
case_seal_table() {
	"$vm/matrix" seal table >"$2/table"
	sed -n '/^| attack | unsealed/,/^$/s/^|/|/p' "$top/SECURITY.md" >"$2/documented"
	diff "$2/documented" "$2/table" >"$2/diff"
	tap_ok $? "SECURITY.md tells of the attacks that are tried" "$(cat "$2/diff")"
}

# Which case on which kernel: each where it could differ. With PROTECTION=
# those that are about it alone.
support_of() {
	case $2 in
	self)
		echo seal_control seal_off seal_on late
		case $1 in
		6.1) echo seal_confidentiality ;;
		6.12) echo seal_advisory seal_table seal_confidentiality \
			late_unsealed late_blocked ftrace_held ;;
		esac
		;;
	kimg)
		case $1 in
		6.12) echo cmdline pid1 ;;
		newest) echo cmdline ;;
		esac
		;;
	kmodules)
		case $1 in
		6.1 | newest) echo attacks no_module_sig ;;
		esac
		;;
	disablebpf)
		case $1 in
		5.10 | 6.12 | newest) echo disablebpf ;;
		esac
		;;
	fileless)
		case $1 in
		6.1 | newest) echo fileless_confidentiality ;;
		esac
		;;
	escape)
		case $1 in
		5.10 | 6.12 | newest) echo scopes ;;
		esac
		;;
	none)
		echo confidentiality
		case $1 in
		5.10) echo no_bpf_lsm ;;
		6.1 | newest) echo no_bpf_lsm no_btf ;;
		6.12) echo policies on_error_continue on_error_shell on_error_reboot \
			on_error_poweroff on_error_panic ;;
		esac
		;;
	esac
}

support_jobs() {
	for name in $(kernel_names); do
		for key in ${PROTECTION:-self kimg kmodules disablebpf fileless escape none}; do
			for job in $(support_of "$name" "$key"); do
				echo "$name $job"
			done
		done
	done
}
