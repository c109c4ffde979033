import type { ArgumentSpec } from '../module/argument-spec.ts'

const DECLARED = [
  /(\w+)\s*=\s*dict\(((?:[^()]|\([^()]*\))*)\)/g,
  /['"](\w+)['"]\s*:\s*(?:dict\(((?:[^()]|\([^()]*\))*)\)|\{((?:[^{}]|\{[^{}]*\})*)\})/g,
]
const SILENT = /no_log['"]?\s*[=:]\s*True/

/**
 * Arguments that a Python module's own specification calls `no_log`, as its text shows them. What such arguments hold is kept out of everything that is
 * shown and recorded; the module itself hides it in its results.
 */
export function secretArguments(sources: Iterable<string>): ArgumentSpec {
  const names = new Set<string>()
  for (const source of sources) if (SILENT.test(source)) for (const name of declaredIn(source)) names.add(name)
  return Object.fromEntries([...names].map((name) => [name, { type: 'raw', secret: true, description: 'Is not shown.' }]))
}

function declaredIn(source: string): readonly string[] {
  return DECLARED.flatMap((pattern) => [...source.matchAll(pattern)].filter((match) => SILENT.test(match[2] ?? match[3] ?? '')).map((match) => match[1] ?? ''))
}
