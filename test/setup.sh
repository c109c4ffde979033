# Sourced by the entry scripts: installs what this machine lacks. Prints nothing when nothing is missing.

# packages PROGRAM=PACKAGE...: installs the Debian packages whose program is missing
packages() {
  local missing=() pair
  for pair in "$@"; do command -v "${pair%%=*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%=*}" ] || missing+=("${pair#*=}"); done
  [ ${#missing[@]} = 0 ] && return 0
  echo "Installing ${missing[*]} ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# what the tests on the lab's servers need besides
lab_packages() {
  packages podman=podman runc=runc ufw=ufw iptables=iptables nft=nftables setcap=libcap2-bin getfacl=acl setfattr=attr make=make git=git npm=npm gem=ruby
}

# node_modules as the lockfile says, installed anew only when the lockfile changed
modules() {
  cmp -s package-lock.json node_modules/.tsplay-lock 2>/dev/null && return 0
  echo "Installing npm packages ..."
  npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.tsplay-lock
}

modules || exit 1
packages sshd=openssh-server ssh=openssh-client sudo=sudo doas=opendoas busybox=busybox dropbear=dropbear-bin socat=socat perl=perl python3=python3 dash=dash rsync=rsync patch=patch \
  ansible-vault=ansible-core pg_lsclusters=postgresql mariadbd=mariadb-server psql=postgresql-client crontab=cron openssl=openssl ip=iproute2 parted=parted mkfs.ext4=e2fsprogs mkfs.vfat=dosfstools || exit 1
