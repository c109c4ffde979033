import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { DPKG_SCRIPT, dpkgPackages } from '../../src/modules/system/packages/dpkg-packages.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let bin: string

beforeEach(() => {
  bin = temporaryFolder('dpkg')
  program('dpkg-query', "case $3 in *Version*) printf 'installed\\tbash\\t5.2\\tamd64\\tshells\\ninstalled\\tlibc6:amd64\\t2.36\\tamd64\\tlibs\\ninstalled\\tmine\\t1\\tall\\tmisc\\n';; *) printf 'installed bash\\ninstalled libc6:amd64\\ninstalled mine\\n';; esac")
})

function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}

function origins(...shell: readonly string[]): readonly unknown[] {
  const [command = '', ...words] = shell
  const output = execFileSync(command, [...words, '-c', DPKG_SCRIPT], { encoding: 'utf8', env: { PATH: `${bin}:/usr/bin:/bin` } })
  return dpkgPackages(output).map(({ name, origin }) => [name, origin])
}

it.each([['sh'], ['busybox', 'sh']])('origins are those of the first archive with the installed version (%s)', (...shell) => {
  program('apt-cache', `shift
if [ $# = 0 ]; then cat <<'X'
Package files:
 100 /var/lib/dpkg/status
     release a=now
 500 http://deb/debian bookworm/main amd64 Packages
     release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64
     origin deb
 -10 http://apt/pgdg bookworm/main amd64 Packages
     release o=apt.postgresql.org,a=bookworm-pgdg
Pinned packages:
X
else cat <<'X'
bash:
  Installed: 5.2
  Candidate: 5.3
  Version table:
     5.3 500
        500 http://deb/debian bookworm/main amd64 Packages
 *** 5.2 100
        -10 http://apt/pgdg bookworm/main amd64 Packages
        100 /var/lib/dpkg/status
libc6:
  Installed: 2.36
  Version table:
 *** 2.36 500
        500 http://deb/debian bookworm/main amd64 Packages
        100 /var/lib/dpkg/status
mine:
  Installed: 1
  Version table:
 *** 1 100
        100 /var/lib/dpkg/status
X
fi`)
  expect(origins(...shell)).toEqual([['bash', 'apt.postgresql.org'], ['libc6', 'Debian'], ['mine', '']])
})
