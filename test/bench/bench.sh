#!/usr/bin/env bash
# npm run bench [-- --mitogen CHECKOUT] [-- --hosts N] [-- --runs N]: tsplay against the limit, Ansible and mitogen, in one run, as ratios.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/setup.sh
packages ansible-playbook=ansible-core
npm run --silent build
exec npx tsx test/bench/bench.ts "$@"
