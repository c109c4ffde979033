import type { YamlScalar } from './node.ts'
import type { RawScalar } from './raw-scalar.ts'
import type { Reader } from './reader.ts'

/** Fails at text that no open list or mapping has a place for; `column` is that of the innermost one. */
export function refuseLeftover(reader: Reader, column?: number): never {
  const { pos, lineStart, text } = reader
  const before = text.slice(lineStart, pos)
  if (before.trim() === '') return refuseIndent(reader, column)
  if (text.charAt(pos) === ':') {
    return reader.fail("Cannot read the value: ': ' inside text that is not quoted", pos, 'Quote the whole value')
  }
  const template = /["']\s*$/.test(before) ? 'Quote the whole value, not a part of it' : 'Quote the whole value'
  return reader.fail('Cannot read what follows the value on this line', pos, template)
}

/** Fails at `key: other: value`. */
export function refuseNestedMapping(reader: Reader, first: RawScalar | YamlScalar | undefined): never {
  const at = first === undefined ? reader.pos : 'style' in first ? first.end : first.range.end
  return reader.fail("Cannot read the value: ': ' inside text that is not quoted", at, 'Quote the whole value, or put the nested mapping on lines of its own')
}

/** Fails at a character that YAML reserves. */
export function refuseMark(reader: Reader): never {
  return reader.fail(`Cannot read the value: ${reader.text.charAt(reader.pos)} cannot start text that is not quoted`, reader.pos, 'Quote the value')
}

/** Fails at a list or mapping used as a key. */
export function refuseKey(reader: Reader, start: number): never {
  return reader.fail('Cannot use a list or mapping as a key', start, 'Quote the key if it is meant as text')
}

/** Fails at a line of a mapping that has no colon. */
export function refuseMissingColon(reader: Reader, raw: RawScalar): never {
  const text = raw.text.length > 40 ? `${raw.text.slice(0, 37)}...` : raw.text
  const hint = /^[^\s:]+:\S/.test(text)
    ? 'Put a space after the colon'
    : 'If it continues the value above, indent it further; if it is a key, end it with a colon'
  return reader.fail(`Cannot read '${text}': a colon and a space are missing after the key`, raw.start, hint)
}

function refuseIndent(reader: Reader, column: number | undefined): never {
  const found = `this line is indented by ${String(reader.column)}`
  if (column === undefined) return reader.fail(`Cannot read the indentation: ${found}, nothing above it starts there`, reader.pos, 'Check the indentation')
  const wanted = `the entries it follows by ${String(column)}`
  return reader.fail(`Cannot read the indentation: ${found}, ${wanted}`, reader.pos, 'Indent the entries of one list or mapping alike')
}
