import { isDeepStrictEqual } from 'node:util'
import { isJsonObject } from '../../value/json.ts'
import type { Json, JsonObject } from '../../value/value.ts'

/** Facts of several modules as one dict: the last one wins, dicts are merged at every depth, and of lists that have items in common each item is there once more only where one list has it twice. */
export function mergedFacts(all: readonly (Json | undefined)[]): JsonObject {
  return all.filter(isJsonObject).reduce<JsonObject>((weaker, stronger) => Object.keys(weaker).length === 0 ? stronger : merged(weaker, stronger), {})
}

function merged(weaker: JsonObject, stronger: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...weaker }
  for (const [name, value] of Object.entries(stronger)) result[name] = mergedValue(weaker[name], value)
  return result
}

function mergedValue(weaker: Json | undefined, stronger: Json): Json {
  if (isJsonObject(weaker) && isJsonObject(stronger)) return merged(weaker, stronger)
  if (!Array.isArray(weaker) || !Array.isArray(stronger)) return stronger
  const [before, after]: readonly (readonly Json[])[] = [weaker, stronger]
  return [...(before ?? []).filter((one) => after?.every((other) => !isDeepStrictEqual(one, other))), ...after ?? []]
}
