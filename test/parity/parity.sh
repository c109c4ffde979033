#!/usr/bin/env bash
# npm run parity -- ROLE_OR_PLAYBOOK...: what Ansible and tsplay make of the same content on two fresh hosts (see docs/parity.md).
set -euo pipefail
checkout=$(cd "$(dirname "$0")/../.." && pwd)
(cd "$checkout" && source test/setup.sh && bash test/reference/fetch.sh && npm run --silent build)
# what the lab lacks on this machine
bash "$checkout/test/lab/lab.sh" status --site small >/dev/null || true
cd "${INIT_CWD:-$PWD}"
exec node --import "file://$checkout/node_modules/tsx/dist/esm/index.mjs" "$checkout/test/parity/main.ts" "$@"
