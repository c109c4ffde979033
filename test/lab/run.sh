#!/usr/bin/env bash
# npm run test:lab: the tests on the lab's real servers.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/setup.sh
lab_packages
bash test/reference/fetch.sh
npm run --silent build
exec npx vitest run --config vitest.lab.config.ts "$@"
