import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { ModuleFailure } from '../../../module/module.ts'
import type { Controller } from '../../../module/controller.ts'
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
  json: (body) => ({ bytes: Buffer.from(asText(body)), type: 'application/json' }),
  'form-urlencoded': (body) => ({ bytes: Buffer.from(typeof body === 'string' ? body : urlEncoded(body)), type: 'application/x-www-form-urlencoded' }),
  'form-multipart': multipart,
}

function asText(body: Json): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function urlEncoded(body: Json): string {
  const pairs: readonly (readonly [string, Json])[] = Array.isArray(body) ? (body as readonly (readonly [string, Json])[]) : Object.entries(body as Record<string, Json>)
  const search = new URLSearchParams()
  for (const [name, value] of pairs) for (const one of Array.isArray(value) ? value as readonly Json[] : [value]) search.append(String(name), asText(one ?? ''))
  return search.toString()
}

async function multipart(body: Json, controller: Controller): Promise<EncodedBody> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ModuleFailure('body must be mapping, cannot be type str')
  const boundary = `tsplay${randomBytes(16).toString('hex')}`
  const parts = await Promise.all(Object.entries(body as Record<string, Json>).map(([name, part]) => multipartPart(name, part, controller)))
  const bytes = Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)])
  return { bytes, type: `multipart/form-data; boundary=${boundary}` }
}

async function multipartPart(name: string, part: Json, controller: Controller): Promise<Buffer> {
  if (typeof part !== 'object' || part === null) return Buffer.from(`Content-Disposition: form-data; name="${name}"\r\n\r\n${String(part)}`)
  const { filename, content, mime_type: type } = part as Record<string, Json>
  if (typeof filename !== 'string' && typeof content !== 'string') throw new ModuleFailure(`Part '${name}' needs filename or content`)
  const bytes = typeof content === 'string' ? Buffer.from(content) : await controller.readFile(controller.findFile(String(filename), 'files'))
  const place = typeof filename === 'string' ? `; filename="${basename(filename)}"` : ''
  const fallback = typeof filename === 'string' ? 'application/octet-stream' : 'text/plain'
  return Buffer.concat([Buffer.from(`Content-Disposition: form-data; name="${name}"${place}\r\nContent-Type: ${typeof type === 'string' ? type : fallback}\r\n\r\n`), bytes])
}
