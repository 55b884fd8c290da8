# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The words of the scripts that run in a guest, be it of tests/vm or of
# tests/distro. A guest prints TAP: tests of its own (ok, result, denied, and plan
# at the end), and answers, lines with "#" that the script on the host looks at.

tests=0

# ok STATUS NAME [TEXT] - one test; TEXT is shown if it failed
ok() {
	tests=$((tests + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/#   /'
	fi
}

# result NAME COMMAND... - the test that the command works
result() {
	test_name=$1
	shift
	"$@" 2>/run/errors
	ok $? "$test_name" "$(cat /run/errors)"
}

# denied NAME COMMAND... - the test that the command is not permitted
denied() {
	test_name=$1
	shift
	if "$@" >/run/errors 2>&1; then
		ok 1 "$test_name" "it worked"
	else
		grep -qi 'permi\|denied\|superuser' /run/errors
		ok $? "$test_name" "$(cat /run/errors)"
	fi
}

# plan - after the last test
plan() {
	echo "1..$tests"
}

# answer NAME COMMAND... - prints the command's exit status and its output, which
# $status and $said have as well
answer() {
	answer_name=$1
	shift
	said=$("$@" 2>&1)
	status=$?
	echo "# $answer_name: $status"
	[ -z "$said" ] || printf '%s\n' "$said" | while IFS= read -r line; do
		printf '# %s says: %s\n' "$answer_name" "$line"
	done
}

# The callers: the host, another mount namespace, and a container with
# namespaces of every kind that the guest's unshare knows.
as_host() {
	"$@"
}

as_mntns() {
	unshare -m "$@"
}

as_container() {
	unshare -m -p -f -n -i -u "$@"
}
