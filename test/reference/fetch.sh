#!/usr/bin/env bash
# fetch.sh: brings what the lab's tests compare tsplay with, ansible-core 2.19 and its collections of Debian's next release, into .lab/reference, if it is not there.
# By the ordinary apt client, from the mirror and with the keyring that this machine uses, but with sources, lists and cache of its own.
# Where it cannot be had it says so, and the tests ask the installed ansible-core.
set -euo pipefail
cd "$(dirname "$0")/../.."
readonly target=$PWD/.lab/reference suite=trixie keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -d "$target" ] && exit 0

give_up() { echo "No ansible-core of Debian's $suite ($1): the tests compare with the one that is installed"; exit 0; }

mkdir -p .lab
work=$(mktemp -d .lab/reference.XXXXXX)
work=$PWD/$work
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,cache,download,root}

release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' "Release: $release" </dev/null 2>/dev/null | head -1) || true
[ -n "$mirror" ] || give_up "apt has no sources for $release"
[ -s "$keyring" ] || give_up "no $keyring"
echo "deb [signed-by=$keyring arch=$(dpkg --print-architecture) target=Packages] $mirror $suite main" >"$work/sources.list"
cat >"$work/apt.conf" <<CONF
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
APT::Sandbox::User "root";
Acquire::Retries "1";
Acquire::http::Timeout "20";
CONF

echo "Fetching ansible-core of Debian's $suite ..."
own_apt() { timeout 300 apt-get -qq -c "$work/apt.conf" "$@" </dev/null >"$work/log" 2>&1 || give_up "$(grep -m1 '^[EW]: ' "$work/log" || echo "apt-get $1 failed")"; }
own_apt update
cd "$work/download"
own_apt download "ansible-core/$suite" "ansible/$suite"
dpkg-deb -x ansible-core_*.deb "$work/root"
# of two hundred megabytes of collections, those that tsplay has modules of
dpkg-deb --fsys-tarfile ansible_*.deb | tar -x -C "$work/root" --wildcards './usr/lib/python3/dist-packages/ansible_collections/'{ansible,community}'/*'
PYTHONPATH=$work/root/usr/lib/python3/dist-packages PYTHONDONTWRITEBYTECODE=1 python3 "$work/root/usr/bin/ansible-playbook" --version </dev/null >"$work/log" 2>&1 || give_up "it does not run here: $(tail -1 "$work/log")"
# somebody else may have brought it meanwhile
mv -T "$work/root" "$target" 2>/dev/null || [ -d "$target" ]
