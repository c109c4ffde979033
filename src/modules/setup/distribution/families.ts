const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  RedHat: [
    'RedHat', 'RHEL', 'Fedora', 'CentOS', 'Scientific', 'SLC', 'Ascendos', 'CloudLinux', 'PSBM', 'OracleLinux', 'OVS', 'OEL', 'Amazon', 'Amzn', 'Virtuozzo', 'XenServer', 'Alibaba', 'EulerOS', 'openEuler',
    'AlmaLinux', 'Rocky', 'TencentOS', 'EuroLinux', 'Kylin Linux Advanced Server', 'MIRACLE',
  ],
  Debian: [
    'Debian', 'Ubuntu', 'Raspbian', 'Neon', 'KDE neon', 'Linux Mint', 'SteamOS', 'Devuan', 'Kali', 'Cumulus Linux', 'Pop!_OS', 'Parrot', 'Pardus GNU/Linux', 'Uos', 'Deepin', 'OSMC',
    'Linux Mint Debian Edition',
  ],
  Suse: ['SuSE', 'SLES', 'SLED', 'openSUSE', 'openSUSE Tumbleweed', 'SLES_SAP', 'SUSE_LINUX', 'openSUSE Leap', 'ALP-Dolomite', 'SL-Micro', 'openSUSE MicroOS'],
  Archlinux: ['Archlinux', 'Antergos', 'Manjaro'],
  Mandrake: ['Mandrake', 'Mandriva'],
  Gentoo: ['Gentoo', 'Funtoo'],
  ClearLinux: ['Clear Linux OS', 'Clear Linux Mix'],
}

/** `os_family`: distributions that are alike, by Ansible's names; one that is like no other is a family of its own. */
export function familyOf(distribution: string): string {
  return Object.entries(FAMILIES).find(([, members]) => members.includes(distribution))?.[0] ?? distribution
}
