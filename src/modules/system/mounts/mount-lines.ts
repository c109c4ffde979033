import type { JsonObject } from '../../../value/value.ts'
import { unescaped } from './fstab.ts'

/** A mount that some file or program tells of. */
export interface MountLine {
  readonly device: string
  readonly mount: string
  readonly fstype: string
  /** All that is told, under Ansible's names. */
  readonly fields: JsonObject
  /** The line that tells it. */
  readonly origin: string
}

/** What a table of mounts holds, whichever system's form it has: that which fits every line counts. */
export function mountsInTable(text: string): readonly MountLine[] {
  const lines = text.split('\n').filter((line) => line !== '')
  if (lines.length === 0) return []
  for (const read of [solarisTable, solarisMounted, fstab, aixStanzas]) {
    const mounts = read(lines)
    if (mounts !== undefined) return mounts
  }
  return []
}

/** What the program mount prints: on Linux, or on a BSD. */
export function mountsPrinted(output: string): readonly MountLine[] {
  const lines = output.split('\n').filter((line) => line !== '')
  for (const pattern of [LINUX, BSD]) {
    const matches = lines.filter((line) => !line.startsWith('map ')).map((line) => [line, pattern.exec(line)?.groups] as const)
    if (matches.some(([, groups]) => groups === undefined)) continue
    return matches.map(([line, { device = '', mount = '', fstype = '', options = '' } = {}]) => entry(line, { device, mount, fstype, ...options === '' ? {} : { options } }))
  }
  return []
}

const LINUX = /^(?<device>\S+) on (?<mount>\S+) type (?<fstype>\S+) \((?<options>.+)\)$/
const BSD = /^(?<device>\S+) on (?<mount>\S+) \((?<fstype>[^,]+)(?:\s*,\s*(?<options>.+))?\)$/

type Fields = JsonObject & { readonly device: string, readonly mount: string, readonly fstype: string }

function entry(origin: string, fields: Fields): MountLine {
  const { device, mount, fstype } = fields
  return { device, mount, fstype, fields, origin }
}

/** Rows of a table without comments; undefined when one has fewer columns than it must have. */
function rowsOf(lines: readonly string[], columns: number): readonly (readonly [string, readonly string[]])[] | undefined {
  const rows = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')).map((line) => [line, line.split(/\s+/)] as const)
  return rows.every(([, words]) => words.length >= columns) ? rows : undefined
}

/** /etc/vfstab. */
function solarisTable(lines: readonly string[]): readonly MountLine[] | undefined {
  return rowsOf(lines, 7)?.map(([line, [device = '', fsck = '', mount = '', fstype = '', pass = '', boot = '', options = '']]) =>
    entry(line, { device, device_to_fsck: fsck, mount, fstype, passno: /^\d+$/.test(pass) ? Number(pass) : pass, mount_at_boot: boot, options }))
}

/** /etc/mnttab: its fifth column is a time. */
function solarisMounted(lines: readonly string[]): readonly MountLine[] | undefined {
  const rows = rowsOf(lines, 5)
  if (rows?.some(([, words]) => /^\d{10}$/.test(words[4] ?? '')) !== true || rows.some(([, words]) => !/^\d+$/.test(words[4] ?? ''))) return undefined
  return rows.map(([line, [device = '', mount = '', fstype = '', options = '', time = '']]) => entry(line, { device, mount, fstype, options, time: Number(time) }))
}

function fstab(lines: readonly string[]): readonly MountLine[] | undefined {
  const rows = rowsOf(lines, 4)
  if (rows?.some(([, words]) => words.slice(4, 6).some((word) => !/^-?\d+$/.test(word))) !== false) return undefined
  return rows.map(([line, words]) => {
    const [device = '', mount = '', fstype = '', options = '', dump, passno] = words.map(unescaped)
    return entry(line, { device, mount, fstype, options, ...dump === undefined ? {} : { dump: Number(dump) }, ...passno === undefined ? {} : { passno: Number(passno) } })
  })
}

/** AIX's /etc/filesystems; Linux has another file of that name. */
function aixStanzas(lines: readonly string[]): readonly MountLine[] | undefined {
  const stanzas: string[][] = []
  for (const line of lines.filter((one) => !one.startsWith('*') && one.trim() !== '')) {
    if (line.trimEnd().endsWith(':')) stanzas.push([line.trimEnd()])
    else if (!line.includes('=') || stanzas.at(-1)?.push(line) === undefined) return undefined
  }
  return stanzas.map((stanza) => {
    const attributes = Object.fromEntries(stanza.slice(1).map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]))
    const device = [attributes['nodename'], attributes['dev']].filter((part) => part !== undefined).join(':')
    return entry(stanza.join('\n'), { mount: stanza[0]?.slice(0, -1) ?? '', device: device || 'unknown', fstype: attributes['vfs'] ?? 'unknown', attributes })
  })
}
