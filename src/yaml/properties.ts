import type { Properties } from './raw-scalar.ts'
import type { Reader } from './reader.ts'

/** Reads the anchor and tag before a node, in either order, and the blanks after them; undefined when there are none. */
export function readProperties(reader: Reader): Properties | undefined {
  const start = reader.pos
  let anchor: string | undefined
  let tag: string | undefined
  for (let mark = markAt(reader); mark !== undefined; mark = markAt(reader)) {
    if (mark === '&') anchor = readWord(reader, ANCHOR).slice(1)
    else tag = shortTag(readWord(reader, TAG))
    if (!reader.isSpace() && !/[,\]}]/.test(reader.text.charAt(reader.pos))) reader.fail('Cannot read the anchor or tag: a space is missing after it')
    reader.skipBlanks()
  }
  return anchor === undefined && tag === undefined ? undefined : { anchor, tag, start }
}

/** Reads the name of an alias: `*name`. */
export function readAlias(reader: Reader): string {
  return readWord(reader, ANCHOR).slice(1)
}

function markAt(reader: Reader): string | undefined {
  const mark = reader.text.charAt(reader.pos)
  return !reader.atEnd && (mark === '&' || mark === '!') ? mark : undefined
}

const ANCHOR = /[&*][^\s,[\]{}]*/y
const TAG = /!<[^>\s]*>|![^\s,[\]{}]*/y
const LONG = 'tag:yaml.org,2002:'

function readWord(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.pos
  const word = pattern.exec(reader.text)?.[0] ?? ''
  reader.pos += word.length
  return word
}

function shortTag(tag: string): string {
  const verbatim = tag.startsWith('!<') ? tag.slice(2, -1) : tag
  return verbatim.startsWith(LONG) ? `!!${verbatim.slice(LONG.length)}` : verbatim
}
