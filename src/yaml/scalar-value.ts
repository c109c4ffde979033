import type { SourceRange } from '../diagnostics/types.ts'
import { Float } from '../value/float.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Scalar } from '../value/value.ts'
import { VaultString } from '../value/vault-string.ts'
import { float, integer, resolveScalar } from './resolve-scalar.ts'

/** A scalar before its tag and style decide what value it is. */
export interface RawScalar {
  readonly text: string
  /** Neither quoted nor a block: its look decides the type. */
  readonly isPlain: boolean
  readonly tag: string | undefined
  readonly range: SourceRange
}

/** The value of a scalar; undefined when its tag is not known. */
export function scalarValue(raw: RawScalar): Scalar | TemplateString | VaultString | undefined {
  return raw.tag === undefined ? untaggedValue(raw) : TYPED[raw.tag]?.(raw)
}

function untaggedValue(raw: RawScalar): Scalar | TemplateString {
  if (isTemplate(raw.text)) return new TemplateString(raw.text, raw.range)
  return raw.isPlain ? resolveScalar(raw.text) : raw.text
}

type TypedValue = (raw: RawScalar) => Scalar | TemplateString | VaultString

const TYPED: Readonly<Partial<Record<string, TypedValue>>> = {
  '!vault': vaultValue,
  '!vault-encrypted': vaultValue,
  '!unsafe': ({ text }) => text,
  '!': ({ text }) => text,
  '!!str': ({ text, range }) => isTemplate(text) ? new TemplateString(text, range) : text,
  '!!int': ({ text }) => integer(text),
  '!!float': ({ text }) => new Float(float(text)),
  '!!bool': ({ text }) => resolveScalar(text) === true,
  '!!null': () => null,
  '!!timestamp': ({ text }) => text,
  '!!binary': ({ text }) => Buffer.from(text, 'base64').toString('utf8'),
}

function vaultValue({ text, range }: RawScalar): VaultString {
  return new VaultString(text.trim(), range)
}
