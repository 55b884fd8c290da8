# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# The pool: jobs of all parts, several at a time, the longest first. A job is
# PART/NAME, and tests/PART/run runs it. Expects $top.
# shellcheck disable=SC2154
#
# build/tests has the list of the jobs in their order, "SECONDS JOB NEEDED...",
# and a log of what became of them, "began|ended|failed JOB TIME".

pool=$top/build/tests

# pool_order - reads "JOB NEEDED..." lines and prints the list. SECONDS is how
# long the job took (tests/seconds), and after it the longest job that needs it.
# A job that tests/seconds does not know counts as long.
pool_order() {
	awk -v known="$top/tests/seconds" '
	BEGIN {
		while ((getline line < known) > 0) {
			split(line, word)
			seconds[word[2]] = word[1]
		}
	}
	{
		jobs[NR] = $0
		own[$1] = ($1 in seconds) ? seconds[$1] : 600
		rank[$1] = own[$1]
	}
	function raise(job, by,    changed) {
		changed = rank[job] < own[job] + rank[by]
		if (changed)
			rank[job] = own[job] + rank[by]
		return changed
	}
	END {
		do {
			changed = 0
			for (i = 1; i <= NR; i++) {
				n = split(jobs[i], word)
				for (k = 2; k <= n; k++)
					changed += raise(word[k], word[1])
			}
		} while (changed)
		for (i = 1; i <= NR; i++) {
			split(jobs[i], word)
			print rank[word[1]], jobs[i]
		}
	}' | sort -rn
}

# pool_next - the first job of the list that can run now, and behind it a failed
# job that it needs; "wait" if none can now; nothing if none is left.
#
# Boots of a distribution have limits in seconds: two run at a time.
pool_next() {
	awk -v log_file="$pool/log" '
	function bounded(job) {
		return job ~ /^distro\// && job !~ /\/(root|report)$/
	}
	BEGIN {
		while ((getline line < log_file) > 0) {
			split(line, word)
			state[word[2]] = word[1]
		}
		for (job in state)
			running += state[job] == "began" && bounded(job)
	}
	found || $2 in state { next }
	{
		left = 1
		lost = ""
		for (i = 3; i <= NF; i++) {
			if (!($i in state) || state[$i] == "began")
				next
			if (state[$i] == "failed")
				lost = $i
		}
	}
	bounded($2) && running >= 2 { next }
	{
		found = 1
		print $2, lost
	}
	END {
		if (!found && left)
			print "wait"
	}' "$pool/list"
}

pool_log() {
	echo "$1 $2 $(date +%s)" >>"$pool/log"
}

# pool_run JOB OUT - boots with limits in seconds go before the others
pool_run() {
	case $1 in
	distro/*/root | distro/*/report) nice=3 ;;
	distro/*) nice=0 ;;
	*) nice=3 ;;
	esac
	nice -n "$nice" "$top/tests/${1%%/*}/run" job "${1#*/}" >"$2"
}

# pool_job JOB [LOST] - its output comes when it is whole; LOST is a job that it
# needs and that has failed
pool_job() {
	out=$pool/out.$$ state=ended began=$(date +%s)
	if [ "${2:-}" ]; then
		echo "not ok - $1 is not run: $2 has failed" >"$out"
		state=failed
	elif ! pool_run "$1" "$out"; then
		echo "not ok - $1 broke off" >>"$out"
		state=failed
	fi
	echo "tests: $1: $(grep -c '^ok' "$out") ok," \
		"$(grep -c '^not ok' "$out") not ok," \
		"$(($(date +%s) - began)) s" >&2
	flock 9
	cat "$out"
	pool_log "$state" "$1"
	flock -u 9
	rm -f "$out"
}

# pool_work - takes jobs until none is left
pool_work() {
	exec 9>"$pool/lock"
	while :; do
		flock 9
		next=$(pool_next)
		case $next in
		'' | wait) ;;
		*) pool_log began "${next%% *}" ;;
		esac
		flock -u 9
		# shellcheck disable=SC2086 # one or two words
		case $next in
		'') break ;;
		wait) sleep 1 ;;
		*) pool_job $next ;;
		esac
	done
}

# pool_seconds - "SECONDS JOB" of all that ran, longest first
pool_seconds() {
	awk '
	$1 == "began" { began[$2] = $3; next }
	{ print $3 - began[$2], $2 }' "$pool/log" | sort -rn
}

# pool_summary BEGAN JOBS - where the time went, as comments of TAP
pool_summary() {
	pool_seconds | awk -v wall=$(($(date +%s) - $1)) -v slots="$2" '
	function part(job) {
		if (job ~ /^vm\/.*\/kernel$/)
			return "fetching"
		if (job ~ /^distro\/.*\/root$/)
			return "roots"
		if (job ~ /^vm\/.*\//)
			sub(/\/[^\/]*$/, "", job)
		else
			sub(/\/.*/, "", job)
		sub(/\//, " ", job)
		return job
	}
	{
		busy += $1
		if (!(part($2) in seconds))
			parts[++n] = part($2)
		seconds[part($2)] += $1
		if (NR <= 10)
			longest = longest (NR > 1 ? ", " : "") $2 " " $1
	}
	END {
		for (i = 1; i <= n; i++)
			all = all (i > 1 ? ", " : "") parts[i] " " seconds[parts[i]]
		print "# " wall " seconds, " slots " jobs at a time, idle: " \
			wall * slots - busy " seconds"
		print "# seconds by part: " all
		print "# longest jobs: " longest
	}'
}
