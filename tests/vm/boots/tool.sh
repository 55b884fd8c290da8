# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034
#
# on: 6.12
# about: tool
#
# What an administrator sees: each command, and README.md shows what it prints.
# While a policy is changed nothing that it denies works: FULL=1 tries 1,000
# changes.

changes=20
[ -z "${FULL:-}" ] || changes=1000
limit=3600
boot tool "changes=$changes bpflock.kimg=restrict" -smp 2
inner tool:

# README.md has what the guest has captured, but for the numbers and the places
# where a terminal breaks lines.
plain() {
	sed 's/[0-9][0-9]*/N/g' "$1" | tr -d ' \n'
}

tr -d '\r' <"$dir/tap" | sed -n 's/^# captured: \{0,1\}//p' | fold -w 80 |
	sed 's/^./    &/' >"$dir/captured"
sed -n '/^<!-- captured/,/^<!-- end/p' "$top/README.md" |
	sed '/^<!--/d' >"$dir/shown"
same=0
[ "$(plain "$dir/captured")" = "$(plain "$dir/shown")" ] || same=1
tap_ok "$same" "$kernel tool: README.md shows what the commands print" \
	"put $dir/captured there"

# documents_ok WORDS SCHEMA - what the guest's command has printed, a line each
documents_ok() {
	tr -d '\r' <"$dir/tap" | sed -n "s/^# $1: //p" >"$dir/json"
	python3 - "$top/docs/$2.schema.json" "$dir/json" <<'PYTHON'
import json, sys
import jsonschema

check = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
lines = [json.loads(line) for line in open(sys.argv[2])]
bad = [e.message for line in lines for e in check.iter_errors(line)]
sys.exit("\n".join(bad) or (not lines and "nothing was printed"))
PYTHON
}

if python3 -c 'import jsonschema' 2>/dev/null; then
	for word in status events policy check; do
		wrong=0
		said=$(documents_ok "$word --json" "$word" 2>&1) || wrong=1
		tap_ok "$wrong" "$kernel tool: $word --json is as its schema says" "$said"
	done
else
	echo "ok - $kernel tool: the schemas # SKIP no python3-jsonschema"
fi

# The text format of Prometheus: each metric has HELP and TYPE before its values,
# which stand together, and no value stands there twice.
wrong=0
said=$(tr -d '\r' <"$dir/tap" | sed -n 's/^# status --prometheus: //p' | awk '
	$1 == "#" && $2 == "HELP" { help[$3] = 1; next }
	$1 == "#" && $2 == "TYPE" {
		if (!help[$3] || type[$3] || $4 !~ /^(gauge|counter)$/) bad($0)
		type[$3] = $4; now = $3
		if ($4 == "counter" && $3 !~ /_total$/) bad($0)
		next
	}
	!/^[a-z_]+(\{[a-z]+="[a-z_]+"(,[a-z]+="[a-z_]+")*\})? [0-9]+$/ { bad($0) }
	{
		name = $1; sub(/\{.*/, "", name)
		if (name != now || seen[$1]++) bad($0)
		n++
	}
	function bad(line) { print line; wrong = 1 }
	END { exit wrong || n < 5 }') || wrong=1
tap_ok "$wrong" "$kernel tool: status --prometheus is in the format of Prometheus" "$said"
