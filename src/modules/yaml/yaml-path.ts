import { ModuleFailure } from '../../module/module.ts'
import type { Json } from '../../value/value.ts'

/** One step into a document: a key, a place in a list (negative from its end), or the first item of a list whose key has a value. */
export type YamlStep =
  | { readonly kind: 'key', readonly key: string | number | boolean }
  | { readonly kind: 'item', readonly index: number }
  | { readonly kind: 'match', readonly key: string, readonly value: string }

const STEP = /\.?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|\[(-?\d+)\]|\[([\w-]+)=([^\]]*)\]|([^.[\]"']+))/y

/** Reads `zone_settings.devops1a.units[0]`, `a."b.c"`, `zones[id=devops1a].name`, or a list of keys and places. */
export function parseYamlPath(given: Json): readonly YamlStep[] {
  if (Array.isArray(given)) return given.map((step: Json) => stepOf(step))
  if (typeof given !== 'string' || given === '') throw badPath(given)
  const steps: YamlStep[] = []
  const pattern = new RegExp(STEP)
  while (pattern.lastIndex < given.length) {
    const match = pattern.exec(given)
    if (match === null) throw badPath(given)
    steps.push(stepOfMatch(match))
  }
  return steps
}

/** A path as people write it. */
export function yamlPathText(steps: readonly YamlStep[]): string {
  return steps.map((step, index) => {
    if (step.kind === 'item') return `[${step.index}]`
    if (step.kind === 'match') return `[${step.key}=${step.value}]`
    return `${index === 0 ? '' : '.'}${String(step.key)}`
  }).join('')
}

function stepOf(step: Json): YamlStep {
  if (typeof step === 'string' || typeof step === 'number' || typeof step === 'boolean') return { kind: 'key', key: step }
  throw badPath(step)
}

function stepOfMatch([, double, single, index, matchKey, matchValue, plain]: RegExpExecArray): YamlStep {
  if (index !== undefined) return { kind: 'item', index: Number(index) }
  if (matchKey !== undefined) return { kind: 'match', key: matchKey, value: matchValue ?? '' }
  return { kind: 'key', key: double?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? '' }
}

function badPath(given: Json): ModuleFailure {
  return new ModuleFailure(`Cannot read path ${JSON.stringify(given)}: it has keys set apart by dots and places in brackets`)
}
