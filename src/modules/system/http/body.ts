import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { ModuleFailure } from '../../../module/module.ts'
import type { Controller } from '../../../module/controller.ts'
import { dumpJson } from '../../../template/filters/json-dump.ts'
import { fromJson } from '../../../value/json.ts'
import type { Json } from '../../../value/value.ts'

export type BodyFormat = 'raw' | 'json' | 'form-urlencoded' | 'form-multipart'

export interface EncodedBody {
  readonly bytes: Uint8Array | undefined
  readonly type: string | undefined
}

/** The bytes of a body, and their type where the format tells it. */
export async function encodeBody(body: Json | undefined, format: BodyFormat, controller: Controller): Promise<EncodedBody> {
  if (body === undefined || body === null) return { bytes: undefined, type: undefined }
  return ENCODERS[format](body, controller)
}

const ENCODERS: Readonly<Record<BodyFormat, (body: Json, controller: Controller) => Promise<EncodedBody> | EncodedBody>> = {
  raw: (body) => ({ bytes: Buffer.from(asText(body)), type: undefined }),
  json: (body) => ({ bytes: Buffer.from(typeof body === 'string' ? body : dumpJson(fromJson(body), PYTHONS)), type: 'application/json' }),
  'form-urlencoded': (body) => ({ bytes: Buffer.from(typeof body === 'string' ? body : urlEncoded(body)), type: 'application/x-www-form-urlencoded' }),
  'form-multipart': multipart,
}

/** As Python's `json.dumps` writes: what is signed or compared as text is the same. */
const PYTHONS = { sortKeys: false, ensureAscii: true, indent: undefined, separators: [', ', ': '] } as const

function asText(body: Json): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function urlEncoded(body: Json): string {
  const pairs: readonly (readonly [string, Json])[] = Array.isArray(body) ? body.map(pairOf) : Object.entries(body as Record<string, Json>)
  const search = new URLSearchParams()
  for (const [name, value] of pairs) for (const one of Array.isArray(value) ? value as readonly Json[] : [value]) search.append(String(name), asText(one ?? ''))
  return search.toString()
}

function pairOf(item: Json): readonly [string, Json] {
  const words = typeof item === 'string' ? [...item] : Array.isArray(item) ? item as readonly Json[] : Object.keys(item as Record<string, Json>)
  if (words.length !== 2) throw new ModuleFailure(`failed to parse body as form_urlencoded: ${words.length > 2 ? 'too many values to unpack (expected 2)' : 'not enough values to unpack (expected 2)'}`)
  return [String(words[0]), words[1] ?? '']
}

async function multipart(body: Json, controller: Controller): Promise<EncodedBody> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ModuleFailure('body must be mapping, cannot be type str')
  const boundary = `tsplay${randomBytes(16).toString('hex')}`
  const parts = await Promise.all(Object.entries(body as Record<string, Json>).map(([name, part]) => multipartPart(name, part, controller)))
  const bytes = Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)])
  return { bytes, type: `multipart/form-data; boundary=${boundary}` }
}

async function multipartPart(name: string, part: Json, controller: Controller): Promise<Buffer> {
  if (typeof part === 'string') return textPart(name, { content: part, type: 'text/plain' })
  if (typeof part !== 'object' || part === null || Array.isArray(part)) throw new ModuleFailure(`failed to parse body as form-multipart: value must be a string, or mapping, cannot be type ${pythonType(part)}`)
  const { filename, content, mime_type: given, multipart_encoding: encoding } = part as Record<string, Json>
  const file = typeof filename === 'string' ? filename : undefined
  const type = typeof given === 'string' ? given : typeOf(file)
  if (typeof content === 'string') return textPart(name, { content, type, file })
  if (file === undefined) throw new ModuleFailure('failed to parse body as form-multipart: at least one of filename or content must be provided')
  return filePart({ name, file, type }, await controller.readFile(controller.findFile(file, 'files')), encoding === '7or8bit')
}

/** Files travel as Python's email package packs them, unless asked otherwise. */
function filePart({ name, file, type }: { readonly name: string, readonly file: string, readonly type: string }, bytes: Buffer, isPlain: boolean): Buffer {
  const head = `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${isPlain ? '8bit' : 'base64'}\r\n${disposition(name, file)}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), isPlain ? bytes : Buffer.from(`${bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')}\r\n`)])
}

function textPart(name: string, { content, type, file }: { readonly content: string, readonly type: string, readonly file?: string | undefined }): Buffer {
  return Buffer.from(`Content-Type: ${type}\r\n${disposition(name, file)}\r\n\r\n${content}`)
}

function disposition(name: string, file: string | undefined): string {
  return `Content-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${basename(file)}"`}`
}

const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain', html: 'text/html', css: 'text/css', csv: 'text/csv', xml: 'text/xml', json: 'application/json', js: 'text/javascript', pdf: 'application/pdf',
  zip: 'application/zip', tar: 'application/x-tar', gz: 'application/gzip', png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif', svg: 'image/svg+xml', sh: 'application/x-sh', py: 'text/x-python',
}

function typeOf(file: string | undefined): string {
  return TYPES[/\.(\w+)$/.exec(file ?? '')?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

function pythonType(value: Json): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'number' ? Number.isInteger(value) ? 'int' : 'float' : 'list'
}
