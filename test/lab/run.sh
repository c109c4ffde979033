#!/usr/bin/env bash
# npm run test:lab: the tests on the lab's real servers.
set -euo pipefail
cd "$(dirname "$0")/../.."
source test/setup.sh
packages podman=podman runc=runc ufw=ufw iptables=iptables nft=nftables setcap=libcap2-bin getfacl=acl setfattr=attr make=make git=git npm=npm gem=ruby
npm run --silent build
exec npx vitest run --config vitest.lab.config.ts "$@"
