interface System {
  readonly name: string
  /** path -> the lines that matter */
  readonly files: Readonly<Record<string, string>>
  /** distribution, version, major version, release, family, and others, as ansible-core 2.19 tells them of these files. */
  readonly facts: readonly [string, string, string, string, string, Readonly<Record<string, string>>?]
}

const OS = '/etc/os-release'

export const SYSTEMS: readonly System[] = [
  { name: 'Debian', files: { [OS]: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian', '/etc/debian_version': '12.11' }, facts: ['Debian', '12.11', '12', 'bookworm', 'Debian', { distribution_minor_version: '11', distribution_file_variety: 'Debian', distribution_file_path: OS }] },
  { name: 'Debian, not yet released', files: { [OS]: 'PRETTY_NAME="Debian GNU/Linux forky/sid"\nNAME="Debian GNU/Linux"\nVERSION_CODENAME=forky\nID=debian', '/etc/debian_version': 'forky/sid' }, facts: ['Debian', 'forky/sid', 'forky/sid', 'forky', 'Debian'] },
  { name: 'Ubuntu', files: { [OS]: 'PRETTY_NAME="Ubuntu 22.04.4 LTS"\nNAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.4 LTS (Jammy Jellyfish)"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian', '/etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\nDISTRIB_CODENAME=jammy', '/etc/debian_version': 'bookworm/sid' }, facts: ['Ubuntu', '22.04', '22', 'jammy', 'Debian'] },
  { name: 'Linux Mint', files: { [OS]: 'NAME="Linux Mint"\nVERSION="21.3 (Virginia)"\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21.3"\nVERSION_CODENAME=virginia' }, facts: ['Linux Mint', '21.3', '21', 'virginia', 'Debian'] },
  { name: 'Kali', files: { [OS]: 'PRETTY_NAME="Kali GNU/Linux Rolling"\nNAME="Kali GNU/Linux"\nVERSION_ID="2024.1"\nVERSION="2024.1"\nVERSION_CODENAME=kali-rolling\nID=kali\nID_LIKE=debian' }, facts: ['Kali', '2024.1', '2024', 'kali-rolling', 'Debian'] },
  { name: 'Devuan', files: { [OS]: 'PRETTY_NAME="Devuan GNU/Linux 5 (daedalus)"\nNAME="Devuan GNU/Linux"\nVERSION_ID="5"\nVERSION="5 (daedalus)"\nVERSION_CODENAME="daedalus"\nID=devuan' }, facts: ['Devuan', '5', '5', 'daedalus', 'Debian'] },
  { name: 'Rocky', files: { [OS]: 'NAME="Rocky Linux"\nVERSION="9.4 (Blue Onyx)"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"', '/etc/redhat-release': 'Rocky Linux release 9.4 (Blue Onyx)' }, facts: ['Rocky', '9.4', '9', 'Blue Onyx', 'RedHat', { distribution_file_variety: 'RedHat', distribution_file_path: '/etc/redhat-release' }] },
  { name: 'AlmaLinux', files: { [OS]: 'NAME="AlmaLinux"\nVERSION="8.10 (Cerulean Leopard)"\nID="almalinux"\nVERSION_ID="8.10"', '/etc/redhat-release': 'AlmaLinux release 8.10 (Cerulean Leopard)' }, facts: ['AlmaLinux', '8.10', '8', 'Cerulean Leopard', 'RedHat'] },
  { name: 'Red Hat', files: { [OS]: 'NAME="Red Hat Enterprise Linux"\nVERSION="9.3 (Plow)"\nID="rhel"\nVERSION_ID="9.3"', '/etc/redhat-release': 'Red Hat Enterprise Linux release 9.3 (Plow)' }, facts: ['RedHat', '9.3', '9', 'Plow', 'RedHat', { distribution_file_search_string: 'Red Hat' }] },
  { name: 'CentOS 7', files: { [OS]: 'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nVERSION_ID="7"', '/etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)', '/etc/redhat-release': 'CentOS Linux release 7.9.2009 (Core)' }, facts: ['CentOS', '7.9', '7', 'Core', 'RedHat', { distribution_file_variety: 'RedHat' }] },
  { name: 'CentOS 6, without os-release', files: { '/etc/centos-release': 'CentOS release 6.10 (Final)', '/etc/redhat-release': 'CentOS release 6.10 (Final)' }, facts: ['CentOS', '6.10', '6', 'Final', 'RedHat'] },
  { name: 'CentOS Stream', files: { [OS]: 'NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nVERSION_ID="9"', '/etc/centos-release': 'CentOS Stream release 9', '/etc/redhat-release': 'CentOS Stream release 9' }, facts: ['CentOS', '9', '9', 'Stream', 'RedHat', { distribution_file_variety: 'CentOS' }] },
  { name: 'Fedora', files: { [OS]: 'NAME="Fedora Linux"\nVERSION="40 (Server Edition)"\nID=fedora\nVERSION_ID=40\nVERSION_CODENAME=""', '/etc/redhat-release': 'Fedora release 40 (Forty)', '/etc/fedora-release': 'Fedora release 40 (Forty)' }, facts: ['Fedora', '40', '40', '', 'RedHat'] },
  { name: 'Oracle', files: { [OS]: 'NAME="Oracle Linux Server"\nVERSION="8.9"\nID="ol"\nVERSION_ID="8.9"', '/etc/oracle-release': 'Oracle Linux Server release 8.9', '/etc/redhat-release': 'Red Hat Enterprise Linux release 8.9 (Ootpa)' }, facts: ['OracleLinux', '8.9', '8', 'NA', 'RedHat'] },
  { name: 'Amazon 2', files: { [OS]: 'NAME="Amazon Linux"\nVERSION="2"\nID="amzn"\nVERSION_ID="2"\nPRETTY_NAME="Amazon Linux 2"', '/etc/system-release': 'Amazon Linux release 2 (Karoo)' }, facts: ['Amazon', '2', '2', 'NA', 'RedHat', { distribution_minor_version: 'NA' }] },
  { name: 'openEuler', files: { [OS]: 'NAME="openEuler"\nVERSION="22.03 (LTS-SP3)"\nID="openEuler"\nVERSION_ID="22.03"', '/etc/openEuler-release': 'openEuler release 22.03 (LTS-SP3)' }, facts: ['openEuler', '22.03', '22', 'LTS-SP3', 'RedHat'] },
  { name: 'openSUSE Leap', files: { [OS]: 'NAME="openSUSE Leap"\nVERSION="15.5"\nID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.5"' }, facts: ['openSUSE Leap', '15.5', '15', '5', 'Suse'] },
  { name: 'openSUSE Tumbleweed', files: { [OS]: 'NAME="openSUSE Tumbleweed"\nID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\nVERSION_ID="20240410"' }, facts: ['openSUSE Tumbleweed', '20240410', '20240410', '', 'Suse'] },
  { name: 'SLES', files: { [OS]: 'NAME="SLES"\nVERSION="15-SP5"\nVERSION_ID="15.5"\nPRETTY_NAME="SUSE Linux Enterprise Server 15 SP5"\nID="sles"\nID_LIKE="suse"' }, facts: ['SLES', '15.5', '15', '5', 'Suse'] },
  { name: 'SLES for SAP', files: { [OS]: 'NAME="SLES"\nVERSION_ID="16.0"\nPRETTY_NAME="SUSE Linux Enterprise Server for SAP applications 16.0"\nID="sles"\nVARIANT_ID="sles-sap"' }, facts: ['SLES_SAP', '16.0', '16', '0', 'Suse'] },
  { name: 'Alpine', files: { [OS]: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME="Alpine Linux v3.19"', '/etc/alpine-release': '3.19.1' }, facts: ['Alpine', '3.19.1', '3', 'NA', 'Alpine'] },
  { name: 'Arch', files: { [OS]: 'NAME="Arch Linux"\nPRETTY_NAME="Arch Linux"\nID=arch\nBUILD_ID=rolling', '/etc/arch-release': '' }, facts: ['Archlinux', 'NA', 'NA', 'NA', 'Archlinux'] },
  { name: 'Gentoo', files: { [OS]: 'NAME=Gentoo\nID=gentoo\nPRETTY_NAME="Gentoo Linux"\nVERSION_ID="2.15"', '/etc/gentoo-release': 'Gentoo Base System release 2.15' }, facts: ['Gentoo', '2.15', '2', 'NA', 'Gentoo'] },
  { name: 'Flatcar', files: { [OS]: 'NAME="Flatcar Container Linux by Kinvolk"\nID=flatcar\nVERSION=3815.2.1\nVERSION_ID=3815.2.1\nPRETTY_NAME="Flatcar Container Linux by Kinvolk 3815.2.1"' }, facts: ['Flatcar', '3815.2.1', '3815', 'NA', 'Flatcar'] },
  { name: 'another one', files: { [OS]: 'NAME="My Own Linux"\nID=mine\nVERSION_ID="1.5"\nVERSION="1.5 (Mild Weather)"' }, facts: ['My Own Linux', '1.5', '1', 'Mild Weather', 'My Own Linux', { distribution_file_variety: 'NA' }] },
  { name: 'nothing at all', files: {}, facts: ['OtherLinux', 'NA', 'NA', 'NA', 'OtherLinux'] },
]
