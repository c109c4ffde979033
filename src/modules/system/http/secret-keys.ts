import type { Json, JsonObject } from '../../../value/value.ts'

/** Fields of an answer whose names do not hold a password that a server repeats; values are masked for every module. */
export function withoutSecretKeys(fields: JsonObject, secret: string | undefined): JsonObject {
  return secret === undefined || secret === '' ? fields : masked(fields, secret) as JsonObject
}

function masked(value: Json, secret: string): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => masked(item, secret))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.replaceAll(secret, '********'), masked(item as Json, secret)]))
}
