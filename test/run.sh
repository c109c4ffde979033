#!/usr/bin/env bash
# npm test: sets up what is missing, then checks types, lint, unused code, the bundle, and runs the unit tests.
# With --with-lab (CI), the tests on the lab's real servers too. The last line reads `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
source test/setup.sh
if [ "${1:-}" = --with-lab ]; then lab_packages; bash test/reference/fetch.sh; fi

passed=0 failed=0
report=$(mktemp -d)
trap 'rm -rf "$report"' EXIT

# check NAME COMMAND...: one check that passes or fails as a whole
check() {
  local name=$1; shift
  if "$@" </dev/null; then passed=$((passed + 1)); echo "ok: $name"; else failed=$((failed + 1)); echo "FAILED: $name" | tee -a "$report/failures"; fi
}

# suite NAME COMMAND...: a vitest run whose tests are counted one by one
suite() {
  local name=$1 json=$report/$1.json counts; shift
  "$@" --reporter=default --reporter=json --outputFile.json="$json" </dev/null || echo "FAILED: $name"
  counts=$(node test/support/counts.mjs "$json" 2>>"$report/failures") || counts="0 1"
  passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
}

check types npx tsc --noEmit
check lint npx eslint .
check unused npx knip
check build npm run --silent build
check playbooks node dist/tsplay.js lint
suite unit npx vitest run
if [ "${1:-}" = --with-lab ]; then suite lab npx vitest run --config vitest.lab.config.ts; fi

# once more at the end, in few words: who reads a long log reads its last lines
cat "$report/failures" 2>/dev/null
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
