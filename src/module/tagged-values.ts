import type { Json, JsonObject } from '../value/value.ts'

type Tagged = Readonly<Record<string, Json | undefined>>

/**
 * Since 2.19 modules in Python write warnings, deprecations and errors as objects that name their type. They become what they were before:
 * texts, dicts with `msg` and `version`, and tracebacks. Other values that name a type are what they hold.
 */
export function withoutTypes(json: Json): Json {
  if (Array.isArray(json)) return json.map((item: Json) => withoutTypes(item))
  if (typeof json !== 'object' || json === null) return json
  const { __ansible_type: type, ...rest } = json as Tagged
  if (typeof type !== 'string') return Object.fromEntries(Object.entries(json).map(([name, item]) => [name, withoutTypes(item ?? null)]))
  const meaning = MEANINGS[type]
  if (meaning !== undefined) return meaning(rest)
  return withoutTypes(rest.value ?? rest as JsonObject)
}

const MEANINGS: Readonly<Record<string, (fields: Tagged) => Json>> = {
  WarningSummary: (fields) => messageOf(fields),
  ErrorSummary: (fields) => eventOf(fields).formatted_traceback ?? messageOf(fields),
  DeprecationSummary: (fields) => ({ msg: messageOf(fields), ...present(fields, 'version'), ...present(fields, 'date'), ...collectionOf(fields.deprecator) }),
}

function eventOf({ event }: Tagged): Tagged {
  return typeof event === 'object' && event !== null && !Array.isArray(event) ? event as Tagged : {}
}

function messageOf(fields: Tagged): string {
  return String(eventOf(fields).msg ?? fields.msg ?? '')
}

function present(fields: Tagged, name: string): JsonObject {
  const value = fields[name]
  return value === undefined || value === null ? {} : { [name]: value }
}

function collectionOf(deprecator: Json | undefined): JsonObject {
  const name = typeof deprecator === 'object' && deprecator !== null ? (deprecator as Tagged).resolved_name : undefined
  return typeof name === 'string' ? { collection_name: name.split('.').slice(0, 2).join('.') } : {}
}
