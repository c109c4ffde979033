import type { ScriptProbe } from '../../remote/probe.ts'
import { quote } from '../../text/shell-quote.ts'
import type { JsonObject } from '../../value/value.ts'
import type { ChecksumAlgorithm } from './checksum-probe.ts'

export interface ExtrasRequest {
  readonly path: string
  readonly follow: boolean
  readonly checksum: ChecksumAlgorithm | undefined
  readonly mime: boolean
  readonly attributes: boolean
}

/** What only programs of the host can tell of a file: access, checksum, where links lead, MIME type, attributes. */
export function statExtrasProbe(request: ExtrasRequest): ScriptProbe<JsonObject> {
  const { path, follow, checksum, mime, attributes } = request
  return {
    kind: 'script',
    key: `stat:${JSON.stringify([path, follow, checksum ?? '', mime, attributes])}`,
    script: scriptFor(request),
    readsPaths: [path],
    parse: ({ stdout }) => parseExtras(stdout.toString('utf8'), request),
  }
}

function scriptFor({ path, follow, checksum, mime, attributes }: ExtrasRequest): string {
  const lines = [
    `p=${quote(path)}`,
    '[ -e "$p" ] || [ -L "$p" ] || exit 0',
    'for a in r w x; do if [ -$a "$p" ]; then echo "$a 1"; else echo "$a 0"; fi; done',
    `echo "b $(stat ${follow ? '-L ' : ''}-c '%b %B %o %t %T' -- "$p" 2>/dev/null)"`,
    '[ -L "$p" ] && { echo "s $(readlink -f -- "$p")"; echo "t $(readlink -- "$p")"; }',
    ...(checksum === undefined ? [] : [`${follow ? '' : '[ -L "$p" ] || '}{ [ -f "$p" ] && echo "c $(${checksum}sum < "$p")"; }`]),
    ...(mime ? [`command -v file >/dev/null && echo "m $(file ${follow ? '-L ' : ''}--mime-type --mime-encoding -b -- "$p" 2>/dev/null)"`] : []),
    ...(attributes ? ['command -v lsattr >/dev/null && echo "l $(lsattr -vd -- "$p" 2>/dev/null)"'] : []),
    ':',
  ]
  return lines.join('\n')
}

function parseExtras(text: string, { mime, attributes }: ExtrasRequest): JsonObject {
  const found = new Map(text.split('\n').filter((line) => line !== '').map((line) => [line[0], line.slice(2)]))
  return {
    ...access(found),
    ...blocks(found.get('b')),
    ...(found.has('s') && { lnk_source: found.get('s') ?? '', lnk_target: found.get('t') ?? '' }),
    ...(found.has('c') && { checksum: found.get('c')?.split(' ')[0] ?? '' }),
    ...mime && mimeOf(found.get('m')),
    ...attributes && attributesOf(found.get('l')),
  }
}

/** As the C library makes one number of them; 0 for what is no device. */
function deviceNumber(major: number, minor: number): number {
  return (minor & 0xff) + (major & 0xfff) * 0x100 + (minor >>> 8) * 0x100000
}

function access(found: ReadonlyMap<string | undefined, string>): JsonObject {
  if (!found.has('r')) return {}
  return { readable: found.get('r') === '1', writeable: found.get('w') === '1', executable: found.get('x') === '1' }
}

function blocks(text: string | undefined): JsonObject {
  const [blocks, , size, major, minor] = (text ?? '').split(' ')
  if (blocks === undefined || size === undefined) return {}
  const device = major === undefined || minor === undefined ? {} : { device_type: deviceNumber(parseInt(major, 16), parseInt(minor, 16)) }
  return { blocks: Number(blocks), block_size: Number(size), ...device }
}

function mimeOf(text: string | undefined): JsonObject {
  const match = /^([^;]+);\s*charset=(.*)$/.exec(text ?? '')
  return { mimetype: match?.[1] ?? 'unknown', charset: match?.[2] ?? 'unknown' }
}

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  A: 'noatime', a: 'append', c: 'compressed', C: 'nocow', d: 'nodump', D: 'dirsync', e: 'extents', E: 'encrypted', h: 'blocksize', i: 'immutable', I: 'indexed',
  j: 'journalled', N: 'inline', s: 'zero', S: 'synchronous', t: 'notail', T: 'blockroot', u: 'undelete', X: 'compressedraw', Z: 'compresseddirty',
}

function attributesOf(text: string | undefined): JsonObject {
  const match = /^(\d+)\s+(\S+)/.exec(text?.trim() ?? '')
  const flags = (match?.[2] ?? '').replaceAll('-', '')
  return { version: match?.[1] ?? null, attr_flags: flags, attributes: [...flags].map((flag) => ATTRIBUTE_NAMES[flag] ?? flag) }
}
