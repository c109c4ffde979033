#!/bin/bash
# lab.sh COMMAND...: the laboratory (see README.md). Installs what this machine lacks, and nothing when it lacks nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ "$(id -u)" = 0 ] || { echo "lab: must be root" >&2; exit 1; }

# command -> Debian package that has it
missing=()
while read -r command package; do
  command -v "$command" >/dev/null || missing+=("$package")
done <<'P'
mmdebstrap mmdebstrap
ip iproute2
nft nftables
gcc gcc
ssh openssh-client
ssh-keygen openssh-client
dpkg-deb dpkg
nsenter util-linux
setpriv util-linux
P
[ -e /usr/include/stdio.h ] || missing+=(libc6-dev)
if [ ${#missing[@]} -gt 0 ]; then
  echo "lab: installing ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq -o DPkg::Lock::Timeout=600 >&2
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 "${missing[@]}" >&2
fi
[ -x "$root/node_modules/.bin/tsx" ] || (cd "$root" && npm ci --no-audit --no-fund >&2)
exec node --import "file://$root/node_modules/tsx/dist/esm/index.mjs" "$here/main.ts" "$@"
