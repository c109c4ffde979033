import type { Json } from '../../../value/value.ts'
import { DPKG_SCRIPT, dpkgPackages } from './dpkg-packages.ts'

/** A package as a database tells it. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly [field: string]: Json
}

/** A database of installed packages. */
export interface PackageSource {
  readonly program: string
  readonly script: string
  readonly parse: (output: string) => readonly InstalledPackage[]
}

/** The databases, in the order in which they are tried. */
export const SOURCES = ['apt', 'rpm', 'apk', 'pacman', 'portage', 'pkg', 'pkg_info'] as const
export type SourceName = (typeof SOURCES)[number]

export function packageSource(name: SourceName): PackageSource {
  return TABLE[name]
}

const TABLE: Readonly<Record<SourceName, PackageSource>> = {
  apt: {
    program: 'dpkg-query',
    script: DPKG_SCRIPT,
    parse: dpkgPackages,
  },
  rpm: {
    program: 'rpm',
    script: "rpm -qa --qf '%{NAME}\\t%{VERSION}\\t%{RELEASE}\\t%{EPOCH}\\t%{ARCH}\\n'",
    parse: (output) => rowsOf(output).map(([name = '', version = '', release = '', epoch = '', arch = '']) => ({
      name, version, release, epoch: /^\d+$/.test(epoch) ? Number(epoch) : null, arch: arch === '(none)' ? null : arch,
    })),
  },
  apk: { program: 'apk', script: 'apk info -v', parse: (output) => linesOf(output).map(apkPackage) },
  pacman: { program: 'pacman', script: 'LC_ALL=C pacman -Qi', parse: (output) => output.split(/\n\n/).filter((block) => block.trim() !== '').map(pacmanPackage) },
  portage: {
    program: 'qlist',
    script: 'qlist -Iv | xargs -n 1024 qatom',
    parse: (output) => linesOf(output).map((line) => {
      const [category = '', name = '', version = '', ebuild_revision = '', slots = '', prefixes = '', sufixes = ''] = line.trim().split(/\s+/)
      return Object.fromEntries(Object.entries({ category, name, version, ebuild_revision, slots, prefixes, sufixes }).filter(([, text]) => text !== '')) as InstalledPackage
    }),
  },
  pkg: { program: 'pkg', script: "pkg query '%n\t%v\t%R\t%t\t%a\t%q\t%o\t%p\t%V'", parse: (output) => rowsOf(output).map(pkgPackage) },
  pkg_info: {
    program: 'pkg_info',
    script: 'pkg_info -a',
    parse: (output) => linesOf(output).map((line) => {
      const [, name = line, version = ''] = /^(\S+)-(\S+)/.exec(line) ?? []
      return { name, version }
    }),
  },
}

function linesOf(output: string): readonly string[] {
  return output.split('\n').filter((line) => line.trim() !== '')
}

function rowsOf(output: string): readonly (readonly string[])[] {
  return linesOf(output).map((line) => line.split('\t'))
}

function apkPackage(line: string): InstalledPackage {
  const [, name = line, version = '', release = ''] = /^(.+)-([^-]+)-([^-]+)$/.exec(line) ?? []
  return { name, version, release }
}

/** A value may go on in lines that start with blanks. */
function pacmanPackage(block: string): InstalledPackage {
  const joined = block.trim().replace(/\n\s+/g, '  ')
  const fields = new Map([...joined.matchAll(/^([\w ]*\w) +: (.*)$/gm)].map(([, field = '', value = '']) => [field, value]))
  const provides = fields.get('Provides') ?? 'None'
  return {
    name: fields.get('Name') ?? '',
    version: fields.get('Version') ?? '',
    arch: fields.get('Architecture') ?? '',
    provides: provides === 'None' ? null : provides.split('  ').map((one) => one.replace(/=.*/, '')),
  }
}

const PKG_COLUMNS = ['name', 'full', 'origin', 'installed', 'automatic', 'arch', 'category', 'prefix', 'vital'] as const

function pkgColumns(row: readonly string[]): Readonly<Record<typeof PKG_COLUMNS[number], string>> {
  return Object.fromEntries(PKG_COLUMNS.map((column, index) => [column, row[index] ?? ''])) as Record<typeof PKG_COLUMNS[number], string>
}

/** FreeBSD: `1.2_3,4` is version 1.2, revision 3 and epoch 4. */
function pkgPackage(row: readonly string[]): InstalledPackage {
  const { name, full, origin, installed, automatic, arch, category, prefix, vital } = pkgColumns(row)
  const [, version = full, revision, epoch] = /^([^_,]*)(?:_([^,]*))?(?:,(.*))?$/.exec(full) ?? []
  return {
    name, version, origin, installed, automatic: automatic === '1', arch: arch.split(':')[2] ?? arch, category: category.replace(/\/.*/, ''),
    prefix, vital: vital === '1', port_epoch: epoch ?? 0, revision: revision ?? '0',
  }
}
