import { DerError } from './read-der.ts'

/** What a kind of PEM object is called, and the labels it may have. */
export interface PemKind {
  readonly name: string
  readonly labels: readonly string[]
}

/** The first PEM object of a kind in a text; throws a `DerError` where there is none. */
export function requirePem(text: string, { name, labels: [label = '', ...others] }: PemKind): Buffer {
  const bytes = readPem(text, label, ...others)
  if (bytes !== undefined) return bytes
  if (!isPem(text)) throw new DerError('Unable to load PEM file: there is no PEM in it')
  throw new DerError(`Valid PEM but no BEGIN ${label}/END ${label} delimiters. Are you sure this is a ${name}?`)
}

function readPem(text: string, ...labels: readonly string[]): Buffer | undefined {
  for (const [, label = '', body = ''] of text.matchAll(/-----BEGIN ([^\n-]+)-----\r?\n([\s\S]*?)-----END \1-----/g)) {
    if (labels.includes(label)) return Buffer.from(body, 'base64')
  }
  return undefined
}

export function writePem(label: string, bytes: Uint8Array): string {
  const body = Buffer.from(bytes).toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
}

/** Whether a text begins as PEM does. */
export function isPem(text: string): boolean {
  return /^-----BEGIN [^\n]+-----\r?(?:\n|$)/.test(text)
}
