import { quote } from '../../text/shell-quote.ts'
import { PACKAGE_MANAGERS } from './managers.ts'

export interface ScriptOptions {
  readonly hardware: boolean
  readonly network: boolean
  readonly virtual: boolean
  readonly local: boolean
  readonly systemd: boolean
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
    ...options.hardware ? [...MOUNTS, ...VOLUMES] : [],
    ...options.network ? NETWORK : [],
    ...options.systemd ? SYSTEMD : [],
    ...links(options),
    ...options.local ? localFacts(options.factPath) : [],
    'true',
  ].join('\n')
}

function filesToRead({ hardware, network, virtual }: ScriptOptions): readonly string[] {
  return [...BASE_FILES, ...hardware ? HARDWARE_FILES : [], ...network ? NETWORK_FILES : [], ...virtual || hardware ? VIRTUAL_FILES : []]
}

const BASE_FILES = [
  '/usr/lib/os-release', '/etc/*[-_]release', '/etc/*[-_]version', '/etc/coreos/update.conf',
  '/proc/sys/kernel/hostname', '/proc/sys/kernel/osrelease', '/proc/sys/kernel/version', '/proc/sys/kernel/ostype', '/proc/sys/crypto/fips_enabled',
  '/proc/cmdline', '/proc/1/comm', '/etc/resolv.conf', '/etc/machine-id', '/var/lib/dbus/machine-id', '/etc/ssh/ssh_host_*_key.pub', '/etc/openssh/ssh_host_*_key.pub', '/etc/ssh_host_*_key.pub',
  '/sys/fs/selinux/enforce', '/sys/fs/selinux/policyvers', '/etc/selinux/config', '/etc/iscsi/initiatorname.iscsi', '/etc/nvme/hostnqn', '/sys/class/fc_host/*/port_name', '/proc/loadavg', '/proc/uptime',
]
const HARDWARE_FILES = [
  '/proc/meminfo', '/proc/self/mounts', '/proc/self/mountinfo',
  '/sys/block/*/size', '/sys/block/*/removable', '/sys/block/*/queue/rotational', '/sys/block/*/queue/logical_block_size',
  '/sys/block/*/queue/scheduler', '/sys/block/*/queue/discard_granularity', '/sys/block/*/queue/discard_max_hw_bytes',
  '/sys/block/*/device/model', '/sys/block/*/device/vendor', '/sys/block/*/device/serial',
  '/sys/block/*/device/sas_address', '/sys/block/*/device/sas_device_handle', '/sys/block/*/*/start', '/sys/block/*/*/size', '/sys/block/dm-*/dm/name',
]
const NETWORK_FILES = [
  ...['address', 'flags', 'mtu', 'type', 'operstate', 'speed', 'bridge/bridge_id', 'bridge/stp_state', 'bonding/mode', 'bonding/miimon', 'bonding/slaves', 'bonding/lacp_rate', 'bonding/primary', 'bonding/all_slaves_active', 'bonding_slave/perm_hwaddr'].map((name) => `/sys/class/net/*/${name}`),
]
const VIRTUAL_FILES = [
  ...['product_name', 'product_family', 'product_version', 'product_serial', 'product_uuid', 'sys_vendor', 'bios_vendor', 'bios_version', 'bios_date', 'board_asset_tag', 'board_name', 'board_serial', 'board_vendor',
    'board_version', 'chassis_asset_tag', 'chassis_serial', 'chassis_type', 'chassis_vendor', 'chassis_version'].map((name) => `/sys/class/dmi/id/${name}`),
  '/proc/1/cgroup', '/proc/self/status', '/proc/xen/capabilities', '/sys/hypervisor/type', '/run/systemd/container',
]

/** Paths whose mere existence tells something. */
const TESTED = [
  '/run/systemd/system', '/dev/.run/systemd', '/dev/.systemd', '/sbin/openrc', '/etc/init', '/etc/init.d', '/etc/dinit.d', '/proc/vz', '/proc/lve', '/proc/bc',
  '/.dockerenv', '/.dockerinit', '/proc/xen', '/sys/kernel/security/apparmor', '/sys/fs/selinux', '/dev/kvm',
  '/etc/arch-release', '/etc/vmware-release', '/etc/openwrt_release', '/etc/sourcemage-release', '/run/ostree-booted', '/usr/bin/dnf', '/usr/bin/microdnf',
  ...PACKAGE_MANAGERS.map(([path]) => path),
]

/** Names that lead to the same program, and what is told of them. */
const SAME = [['/usr/bin/dnf', '/usr/bin/dnf5', 'dnf=dnf5'], ['/usr/bin/microdnf', '/usr/bin/dnf5', 'microdnf=dnf5'], ['/sbin/init', '/lib/systemd/systemd', 'init=systemd']] as const

const BASE = [
  'part exists',
  `for f in ${TESTED.join(' ')}; do if [ -e "$f" ]; then echo "$f"; fi; done`,
  ...SAME.map(([path, other, told]) => `if [ ${path} -ef ${other} ]; then echo ${told}; fi`),
  'if [ -r /proc/1/root/. ] && ! [ / -ef /proc/1/root/. ]; then echo chroot; fi',
  'part programs',
  'for c in lsb_release python3 systemctl initctl; do command -v "$c"; done',
  'part python',
  'for f in /usr/bin/python3 /usr/libexec/platform-python $(command -v python3); do if [ -x "$f" ]; then echo "$f"; "$f" -V 2>&1; break; fi; done',
  'part date',
  "LC_ALL=C date '+%s|%N|%Y|%m|%d|%H|%M|%S|%A|%w|%W|%Z|%z'",
  'if [ -L /etc/products.d/baseproduct ]; then part product; ls -ld /etc/products.d/baseproduct; fi',
  'part machine',
  'uname -m',
  'part user',
  'i=$(id); echo "$i"; u=${i#*\\(}; u=${u%%\\)*}; getent passwd "$u" 2>/dev/null || grep -s "^$u:" /etc/passwd',
  'part names',
  // As Python's getfqdn: the address of the name, then the names of that address.
  'read -r h </proc/sys/kernel/hostname',
  'if command -v getent >/dev/null; then set -- $(getent hosts "$h" 2>/dev/null); if [ $# -gt 0 ]; then getent hosts "$1" 2>/dev/null; fi; else hostname -f 2>/dev/null; fi',
  'part capabilities',
  'if command -v capsh >/dev/null; then capsh --print 2>/dev/null; fi',
  'part environment',
  'cat /proc/self/environ',
]

const PROCESSORS = [
  'part processors',
  "grep -sE '^(processor|vendor_id|model name|physical id|siblings|core id|cpu cores|Processor|Vendor|cpu|# processors|max thread id|ncpus active|machine)[[:space:]]*:' /proc/cpuinfo",
  // alike for all, and long
  "grep -sm 1 '^flags' /proc/cpuinfo",
  'part modules',
  "grep -sE '^(kvm|virtio|vboxdrv) ' /proc/modules",
  // only root may look; what else is in there is nobody's business
  'part container',
  "{ tr '\\0' '\\n' </proc/1/environ | sed -n 's/^container=//p'; } 2>/dev/null",
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
]

// The programs of LVM take their time: they are asked where there are signs of volumes, and by root alone, whom they answer.
const VOLUMES = [
  'part lvm',
  'case $i in "uid=0("*) if command -v vgs >/dev/null; then echo lvm; l=; for f in /run/lvm/pvs_online/* /etc/lvm/backup/* /sys/block/dm-*/dm/uuid; do if [ -e "$f" ]; then l=1; fi; done',
  "if [ -z \"$l\" ] && grep -qs ID_FS_TYPE=LVM2_member /run/udev/data/b*; then l=1; fi",
  'if [ -n "$l" ]; then',
  "vgs --noheadings --nosuffix --units g --separator , -o vg_name,lv_count,pv_count,vg_size,vg_free 2>/dev/null | sed 's/^ */vg,/'",
  "lvs --noheadings --nosuffix --units g --separator , -o lv_name,vg_name,lv_size 2>/dev/null | sed 's/^ */lv,/'",
  "pvs --noheadings --nosuffix --units g --separator , -o pv_name,vg_name,pv_size,pv_free 2>/dev/null | sed 's/^ */pv,/'",
  'fi; fi;; esac',
]

/** Links that tell by where they lead: names of disks, bridges' ports, drivers of network cards. One `ls` for all. */
function links({ hardware, network }: ScriptOptions): readonly string[] {
  const patterns = [
    ...hardware ? ['/dev/disk/by-id/*', '/dev/disk/by-uuid/*', '/dev/disk/by-label/*', '/sys/block/*/slaves/*', '/sys/block/*/holders/dm-*', '/sys/block/*/*/holders/dm-*'] : [],
    ...network ? ['/sys/class/net/*/brif/*', '/sys/class/net/*/device', '/sys/class/net/*/device/driver/module'] : [],
  ]
  return patterns.length === 0 ? [] : ['part links', `set --; for f in ${patterns.join(' ')}; do if [ -L "$f" ]; then set -- "$@" "$f"; fi; done`, 'if [ $# -gt 0 ]; then ls -ld "$@"; fi']
}

const NETWORK = [
  'if command -v ip >/dev/null; then',
  'part addresses',
  'ip addr show 2>/dev/null',
  'part route4',
  'ip -4 route get 8.8.8.8 2>/dev/null',
  'part route6',
  'ip -6 route get 2404:6800:400a:800::1012 2>/dev/null',
  'part local',
  'ip -4 route show table local 2>/dev/null',
  'ip -6 route show table local 2>/dev/null',
  'fi',
]

const SYSTEMD = ['if [ -e /run/systemd/system ] && command -v systemctl >/dev/null; then', 'part systemd', 'systemctl --version 2>/dev/null', 'fi']

/** What files of facts hold, or print: both what they say and what they complain of. A file that cannot be read holds nothing, as Ansible has it. */
function localFacts(factPath: string): readonly string[] {
  return [
    `d=${quote(factPath)}`,
    "part localfolder; printf '%s\\n' \"$d\"",
    'for f in "$d"/*.fact; do',
    'if [ -f "$f" ] || [ -L "$f" ]; then',
    'n=${f##*/}; n=${n%.fact}; part "local:$n"',
    's=0; e=',
    'if ! [ -e "$f" ]; then s=gone; elif [ -x "$f" ]; then { e=$("$f" </dev/null 2>&1 >&9) || s=$?; } 9>&1; elif [ -r "$f" ]; then cat "$f"; fi',
    'part "localstatus:$n"; echo "$s"',
    'if [ -n "$e" ]; then part "localerror:$n"; printf \'%s\\n\' "$e"; fi',
    'fi',
    'done',
  ]
}
