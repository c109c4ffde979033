import { TextDecoder } from 'node:util'
import { ModuleFailure } from '../../module/module.ts'

/** Text in an encoding as Python names them: UTF-8 and UTF-16, and those of one byte a character (latin-1, windows-1252, koi8-r ...). */
export function encodeText(text: string, name: string): Buffer {
  const plain = name.toLowerCase().replaceAll('_', '-')
  if (plain === '' || plain === 'utf-8' || plain === 'utf8') return Buffer.from(text, 'utf8')
  if (/^utf-?16(?:-?le)?$/.test(plain)) return Buffer.concat([plain.endsWith('le') ? Buffer.alloc(0) : Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const table = tableOf(plain)
  if (table === undefined) throw new ModuleFailure(`Cannot write in output_encoding '${name}'`)
  return Buffer.from(Array.from(text, (letter) => table.get(letter) ?? refuse(name, letter)))
}

function refuse(name: string, letter: string): never {
  throw new ModuleFailure(`Cannot write '${letter}' in ${name}: it has no such character`)
}

// Node's own decoder takes it for Latin-1.
const HIGH_CP1252 = '\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178'

const cp1252 = (byte: number): string => byte >= 0x80 && byte < 0xa0 ? HIGH_CP1252.charAt(byte - 0x80) : String.fromCharCode(byte)
const CP1252: ReadonlyMap<string, number> = new Map(Array.from({ length: 256 }, (_, byte) => [cp1252(byte), byte] as const)
  .filter(([letter, byte]) => letter !== '\0' || byte === 0))

/** Bytes by character, where each byte is one. */
function tableOf(name: string): ReadonlyMap<string, number> | undefined {
  const last = { ascii: 0x7f, 'us-ascii': 0x7f, latin1: 0xff, 'latin-1': 0xff, 'iso-8859-1': 0xff, iso88591: 0xff, l1: 0xff }[name]
  if (last !== undefined) return new Map(Array.from({ length: last + 1 }, (_, byte) => [String.fromCharCode(byte), byte]))
  if (/^(?:windows-|cp)1252$/.test(name)) return CP1252
  const decoder = decoderOf(name.replace(/^cp(?=125\d$)/, 'windows-'))
  if (decoder === undefined) return undefined
  const letters = Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const)
  return new Map(letters.filter(([letter]) => letter.length === 1 && letter !== '\ufffd'))
}

function decoderOf(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name)
  } catch {
    return undefined
  }
}
