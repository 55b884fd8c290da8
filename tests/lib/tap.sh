# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# TAP from many places into one stream. Between them tests have no numbers and
# there is no plan: tap_close adds both, and the closing line.

# tap_ok STATUS NAME [TEXT] - one test; TEXT is shown if it failed
tap_ok() {
	if [ "$1" -eq 0 ]; then
		echo "ok - $2"
	else
		echo "not ok - $2"
		[ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/#   /'
	fi
}

# tap_inner NAME - reads a whole TAP stream, or several, checks it against its
# plan and prints its tests, named "NAME ..."
tap_inner() {
	tr -d '\r' | awk -v name="$1" '
	/^(not )?ok / {
		n++
		sub(/^ok( [0-9]+)?( -)?/, "ok - " name)
		sub(/^not ok( [0-9]+)?( -)?/, "not ok - " name)
		print
		next
	}
	/^1\.\.[0-9]+/ { plan += substr($1, 4); planned = 1; next }
	/^Bail out!/ { bail = $0 }
	/^TAP version/ { next }
	/./ { sub(/^#? ?/, "# "); print }
	END {
		if (!planned || plan != n || bail) {
			print "not ok - " name " ran to its end"
			print "#   tests: " n + 0 ", planned: " \
				(planned ? plan : "unknown") " " bail
		}
	}'
}

# tap_close - adds numbers, the plan, counts by the first word of the names (a
# kernel or a part) and the closing line. Fails if a test failed or there was
# none.
tap_close() {
	awk '
	function counts(all, bad, left) {
		return sprintf("%d passed, %d failed, %d skipped",
			       all - bad - left, bad, left)
	}
	BEGIN { print "TAP version 13" }
	/^(not )?ok / {
		name = $0
		sub(/^(not )?ok - /, "", name)
		sub(/ .*/, "", name)
		if (!(name in all))
			names[++kinds] = name
		all[name]++
	}
	/^not ok / { failed++; bad[name]++ }
	/^ok .*# SKIP/ { skipped++; left[name]++ }
	/^(not )?ok / {
		n++
		sub(/ok -/, "ok " n)
		print
		fflush()
		next
	}
	{ print; fflush() }
	END {
		print "1.." n + 0
		for (i = 1; i <= kinds; i++)
			print "# " names[i] ": " counts(all[names[i]],
				bad[names[i]], left[names[i]])
		print counts(n, failed, skipped)
		exit(failed || !n ? 1 : 0)
	}'
}
