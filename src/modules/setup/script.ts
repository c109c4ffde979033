import { quote } from '../../text/shell-quote.ts'

export interface ScriptOptions {
  readonly hardware: boolean
  readonly network: boolean
  readonly virtual: boolean
  readonly local: boolean
  readonly factPath: string
}

/**
 * One POSIX sh script for all facts: few programs are started, since each costs more than all the reading.
 * One `grep` with an empty pattern prints many files, each line with its path.
 */
export function factsScript(options: ScriptOptions): string {
  return [
    "part() { printf '\\036%s\\n' \"$1\"; }",
    'part files',
    `LC_ALL=C grep -s '' /dev/null ${filesToRead(options).join(' ')}`,
    ...BASE,
    ...options.hardware || options.virtual ? PROCESSORS : [],
    ...options.hardware ? MOUNTS : [],
    ...options.network ? NETWORK : [],
    ...options.local ? localFacts(options.factPath) : [],
    'true',
  ].join('\n')
}

function filesToRead({ hardware, network, virtual }: ScriptOptions): readonly string[] {
  return [...BASE_FILES, ...hardware ? HARDWARE_FILES : [], ...network ? NETWORK_FILES : [], ...virtual || hardware ? VIRTUAL_FILES : []]
}

const BASE_FILES = [
  '/etc/os-release', '/usr/lib/os-release', '/etc/lsb-release', '/etc/debian_version', '/etc/redhat-release', '/etc/alpine-release',
  '/proc/sys/kernel/hostname', '/proc/sys/kernel/osrelease', '/proc/sys/kernel/version', '/proc/sys/kernel/ostype', '/proc/sys/crypto/fips_enabled',
  '/proc/cmdline', '/proc/1/comm', '/etc/resolv.conf', '/etc/machine-id', '/var/lib/dbus/machine-id', '/etc/ssh/ssh_host_*_key.pub',
  '/sys/fs/selinux/enforce', '/sys/fs/selinux/policyvers', '/etc/selinux/config', '/etc/iscsi/initiatorname.iscsi', '/etc/nvme/hostnqn', '/proc/loadavg', '/proc/uptime',
]
const HARDWARE_FILES = [
  '/proc/meminfo', '/proc/self/mounts',
  '/sys/block/*/size', '/sys/block/*/removable', '/sys/block/*/queue/rotational', '/sys/block/*/queue/logical_block_size',
  '/sys/block/*/device/model', '/sys/block/*/device/vendor', '/sys/block/*/*/start', '/sys/block/*/*/size',
]
const NETWORK_FILES = [
  ...['address', 'mtu', 'type', 'operstate', 'speed', 'bridge/bridge_id', 'bridge/stp_state', 'bonding/mode', 'bonding/miimon', 'bonding/slaves', 'bonding/lacp_rate'].map((name) => `/sys/class/net/*/${name}`),
]
const VIRTUAL_FILES = [
  ...['product_name', 'product_version', 'product_serial', 'product_uuid', 'sys_vendor', 'bios_vendor', 'bios_version', 'bios_date', 'board_asset_tag', 'board_name', 'board_serial', 'board_vendor',
    'board_version', 'chassis_asset_tag', 'chassis_serial', 'chassis_type', 'chassis_vendor', 'chassis_version'].map((name) => `/sys/class/dmi/id/${name}`),
  '/proc/1/cgroup', '/proc/self/status', '/proc/xen/capabilities', '/run/systemd/container',
]

/** Paths whose mere existence tells something. */
const TESTED = [
  '/run/systemd/system', '/sbin/openrc', '/etc/init.d', '/usr/lib/systemd/system', '/proc/vz', '/proc/lve', '/proc/bc', '/.dockerenv', '/.dockerinit', '/run/.containerenv', '/proc/xen',
  '/sys/kernel/security/apparmor', '/sys/fs/selinux', '/etc/arch-release', '/etc/gentoo-release', '/etc/slackware-version', '/dev/kvm',
]

const BASE = [
  'part exists',
  `for f in ${TESTED.join(' ')}; do if [ -e "$f" ]; then echo "$f"; fi; done`,
  'if [ -r /proc/1/root/. ] && ! [ / -ef /proc/1/root/. ]; then echo chroot; fi',
  'part programs',
  'for c in apt-get dnf5 dnf microdnf yum zypper apk pacman emerge xbps-install opkg swupd rpm-ostree lsb_release python3; do command -v "$c"; done',
  'part python',
  'command -v python3 >/dev/null && python3 -V 2>&1',
  'part date',
  "LC_ALL=C date '+%s|%N|%Y|%m|%d|%H|%M|%S|%A|%w|%W|%Z|%z'",
  'part machine',
  'uname -m',
  'part user',
  'i=$(id); echo "$i"; u=${i#*\\(}; u=${u%%\\)*}; getent passwd "$u" 2>/dev/null || grep -s "^$u:" /etc/passwd',
  'part names',
  'read -r h </proc/sys/kernel/hostname; getent hosts "$h" 2>/dev/null || { command -v getent >/dev/null || hostname -f 2>/dev/null; }',
  'part environment',
  'cat /proc/self/environ',
]

const PROCESSORS = [
  'part processors',
  "grep -sE '^(processor|vendor_id|model name|physical id|siblings|core id|cpu cores|Processor|Hardware|CPU implementer|machine|platform)' /proc/cpuinfo",
  'part modules',
  "grep -sE '^(kvm|virtio|vboxdrv)' /proc/modules",
]

// A server that is gone would hold `stat` for ever, so network file systems are asked with a time limit.
const MOUNTS = [
  'part mounts',
  'set --',
  'while read -r d m t o x; do',
  'case $d in /*|*:/*) ;; *) continue;; esac',
  "case $m in *\\\\*) m=$(printf '%b' \"$m\");; esac",
  "case $t in none) ;; nfs*|cifs|smb*|fuse*|ceph|9p) if command -v timeout >/dev/null; then timeout 3 stat -f -c '%S %s %b %a %c %d %n' \"$m\" 2>/dev/null; fi;; *) set -- \"$@\" \"$m\";; esac",
  'done </proc/self/mounts',
  "if [ $# -gt 0 ]; then stat -f -c '%S %s %b %a %c %d %n' \"$@\" 2>/dev/null; fi",
  'part uuids',
  'if [ -d /dev/disk/by-uuid ]; then ls -l /dev/disk/by-uuid; fi',
]

const NETWORK = [
  'if command -v ip >/dev/null; then',
  'part addresses',
  'ip addr show 2>/dev/null',
  'part route4',
  'ip -4 route get 8.8.8.8 2>/dev/null',
  'part route6',
  'ip -6 route get 2404:6800:400a:800::1012 2>/dev/null',
  'fi',
]

function localFacts(factPath: string): readonly string[] {
  return [
    `d=${quote(factPath)}`,
    'for f in "$d"/*.fact; do',
    'if [ -f "$f" ] || [ -L "$f" ]; then',
    'n=${f##*/}; part "local:${n%.fact}"',
    'if ! [ -e "$f" ]; then s=gone; elif [ -x "$f" ]; then "$f" </dev/null 2>/dev/null; s=$?; elif [ -r "$f" ]; then cat "$f"; s=$?; else s=unreadable; fi',
    'part "localstatus:${n%.fact}"',
    'echo "$s"',
    'fi',
    'done',
  ]
}
