import type { ParityHost } from './host/parity-host.ts'

/** What a host is like: section -> lines, each of which stands for itself. Files are told apart. */
export interface HostState {
  readonly sections: Readonly<Record<string, readonly string[]>>
  /** path -> kind, mode, owner and checksum or target, of those that differ from the image's. */
  readonly files: Readonly<Record<string, string>>
}

/** Looks at everything of a host that a run can have changed. */
export async function stateOf(host: ParityHost): Promise<HostState> {
  const told = sectionsIn(await host.tell(SCRIPT))
  const services = Object.entries(host.services()).map(([command, count]) => `${String(count)} x ${command}`)
  return { sections: { ...told, services }, files: await host.files() }
}

function sectionsIn(text: string): Record<string, string[]> {
  const sections: Record<string, string[]> = {}
  for (const line of text.split('\n')) {
    const [name = '', ...rest] = line.split('\t')
    if (rest.length > 0) (sections[name] ??= []).push(rest.join('\t'))
  }
  return sections
}

/** Each line is a section's name, a tab, and what is so. Of passwords only their method is told: their salts differ. */
const SCRIPT = String.raw`
of() { sed "s/^/$1\t/"; }
dpkg-query -W -f '${'$'}{Package} ${'$'}{Version} ${'$'}{db:Status-Abbrev}\n' | of packages
apt-mark showmanual | of manually-installed
dpkg --get-selections | grep -v 'install$' | of selections
hostname | of hostname
cat /etc/passwd | of users
cat /etc/group | of groups
awk -F: -v OFS=: '{ split($2, p, "$"); $2 = $2 ~ /^[!]?[$]/ ? substr($2, 1, index($2, "$") - 1) "$" p[2] "$..." : $2; print }' /etc/shadow | of shadow
cat /etc/gshadow | of gshadow
grep -v -e ' / ' -e ' /proc' -e ' /sys' -e ' /dev' -e ' /run ' /proc/self/mounts | of mounts
iptables-save 2>/dev/null | grep -v '^#' | sed 's/ \[[0-9:]*\]//' | of iptables
ip6tables-save 2>/dev/null | grep -v '^#' | sed 's/ \[[0-9:]*\]//' | of ip6tables
nft list table inet firewalld 2>/dev/null | of firewalld
debconf-show --listowners 2>/dev/null | of debconf-owners
for link in /etc/rc[0-6S].d/[SK]*; do echo "$link"; done | of runlevels
ss -Hltun 2>/dev/null | awk '{ print $1, $5 }' | sort -u | of listening
for table in $(ls /var/spool/cron/crontabs 2>/dev/null); do crontab -u "$table" -l | of "crontab of $table"; done
if ls /run/postgresql/.s.PGSQL.* >/dev/null 2>&1; then
  su postgres -s /bin/sh -c 'cd /tmp; pg_dumpall' 2>/dev/null | grep -v -e '^--' -e '^$' -e '^\\\(un\)\?restrict' | sed "s/\(SCRAM-SHA-256\\$[0-9]*\):[^']*/\1.../; s/'md5[0-9a-f]*'/'md5...'/" | of postgresql
fi
if command -v mysql >/dev/null && [ -S /run/mysqld/mysqld.sock ]; then
  mysql -NBe "SELECT CONCAT(user, '@', host), plugin FROM mysql.user" 2>/dev/null | of mysql
  mysql -NBe "SHOW DATABASES" 2>/dev/null | of mysql
  mysql -NBe "SELECT CONCAT('SHOW GRANTS FOR ', QUOTE(user), '@', QUOTE(host), ';') FROM mysql.user WHERE is_role = 'N'" 2>/dev/null | mysql -NB 2>/dev/null | sed "s/ IDENTIFIED BY PASSWORD '[^']*'//" | of mysql
fi
true
`
