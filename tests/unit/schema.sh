#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# tests/unit/schema.sh - does the JSON that the tool prints keep to the schemas
# in docs/? The unit tests view, event and lines print it. A schema that accepts
# anything would be no test, so a document with one key more must fail.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tests/lib/tap.sh
. tests/lib/tap.sh

python3 -c 'import jsonschema' 2>/dev/null || {
	echo "ok - schema # SKIP no python3-jsonschema"
	exit
}
failed=0
for pair in status:view events:event policy:lines; do
	schema=docs/${pair%:*}.schema.json
	out=build/unit/${pair#*:}.json
	"build/unit/${pair#*:}" json >"$out"
	status=0
	said=$(python3 - "$schema" "$out" 2>&1 <<'PYTHON'
import json, sys
import jsonschema

schema = json.load(open(sys.argv[1]))
check = jsonschema.Draft202012Validator(schema)
check.check_schema(schema)
lines = [json.loads(line) for line in open(sys.argv[2])]
bad = [e.message for line in lines for e in check.iter_errors(line)]
if not lines:
    bad.append("no JSON at all")
if lines and not list(check.iter_errors(dict(lines[0], another=1))):
    bad.append("the schema accepts any key")
print("\n".join(bad))
sys.exit(bool(bad))
PYTHON
	) || status=1 failed=1
	tap_ok "$status" "$schema describes the JSON" "$said"
done

# packaging/sbom: JSON, with every library that deps/versions pins
status=0
said=$(packaging/sbom test build/bpflock-init build/bpflock-boot | python3 -c '
import json, sys
names = {p["name"] for p in json.load(sys.stdin)["packages"]}
pinned = {l.split()[0] for l in open("deps/versions") if l[0] != "#"}
missing = (pinned | {"musl", "bpflock-init", "bpflock-boot"}) - names
sys.exit("missing: %s" % missing if missing else 0)' 2>&1) || status=1 failed=1
tap_ok "$status" "packaging/sbom has every static part" "$said"
exit "$failed"
