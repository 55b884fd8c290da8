# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The protections, as the tool lists them. Expects $top.
# shellcheck disable=SC2154

# protection_keys - one a line, without self
protection_keys() {
	listed=$("$top/build/bpflock" list) || {
		echo "tests: build/bpflock list does not work" >&2
		return 1
	}
	echo "$listed" | cut -d ' ' -f 1 | uniq
}
