import type { InstalledPackage } from './package-sources.ts'

/** Prints dpkg's packages, then, where apt is there, `origin`, name and origin of each: who signs the first archive that has the installed version. */
export const DPKG_SCRIPT = String.raw`dpkg-query -W -f '${'$'}{db:Status-Status}\t${'$'}{binary:Package}\t${'$'}{Version}\t${'$'}{Architecture}\t${'$'}{Section}\n' || exit
command -v apt-cache >/dev/null || exit 0
{ LC_ALL=C apt-cache policy; echo; dpkg-query -W -f '${'$'}{db:Status-Status} ${'$'}{binary:Package}\n' | sed -n 's/^installed //p' | LC_ALL=C xargs apt-cache policy; } 2>/dev/null | awk '
function archive(line) { sub(/^ *-?[0-9]+ /, "", line); return line }
/^$/ { each = 1; next }
!each && /^ *-?[0-9]+ / { file = archive($0) }
!each && match($0, /[ ,]o=[^,]*/) { origins[file] = substr($0, RSTART + 3, RLENGTH - 3) }
!each { next }
/^[^ ]/ { name = substr($0, 1, length($0) - 1) }
installed { print "origin\t" name "\t" origins[archive($0)]; installed = 0 }
/^ \*\*\* / { installed = 1 }'
exit 0`

/** Packages that are installed, of what the script prints. */
export function dpkgPackages(output: string): readonly InstalledPackage[] {
  const rows = output.split('\n').filter((line) => line.trim() !== '').map((line) => line.split('\t'))
  const origins = new Map(rows.filter(([state]) => state === 'origin').map(([, name = '', origin = '']) => [withoutArchitecture(name), origin]))
  return rows.filter(([state]) => state === 'installed').map(([, full = '', version = '', arch = '', category = '']) => {
    const name = withoutArchitecture(full)
    return { name, version, arch, category, origin: origins.get(name) ?? '' }
  })
}

function withoutArchitecture(name: string): string {
  return name.replace(/:.*/, '')
}
