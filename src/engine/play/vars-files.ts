import { existsSync } from 'node:fs'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import { toJson } from '../../value/json.ts'
import { PlacedMap, placeOf } from '../../value/placed-map.ts'
import { Undefined } from '../../value/undefined.ts'
import type { Dict, Value } from '../../value/value.ts'
import { hostScope } from './host-scope.ts'
import type { PlayContext } from './play-context.ts'
import { varsFilePath } from './vars-file-path.ts'

/** Loads `vars_files` for the hosts of a batch. Names that hang on facts not gathered yet are left for the next time. */
export async function loadVarsFiles(play: PlayContext): Promise<void> {
  const { variables } = play.run.request
  if (play.play.varsFiles.length > 0) play.run.routes.forget()
  const loaded = new Map<string, Promise<Dict>>()
  for (const host of play.batch) {
    const dicts: Dict[] = []
    for (const entry of play.play.varsFiles) {
      const path = pathOf(play, host, entry)
      if (path === undefined) continue
      const dict = loaded.get(path) ?? load(play, path)
      loaded.set(path, dict)
      dicts.push(await dict)
    }
    if (dicts.length > 0 || play.address.index > 0) variables.setVarsFiles(host, joined(dicts))
  }
}

/** Of a list, the first file that is there. */
function pathOf(play: PlayContext, host: string, entry: Value): string | undefined {
  const candidates = Array.isArray(entry) ? entry : [entry]
  const named = candidates.map((candidate) => nameOf(play, host, candidate)).filter((name) => name !== undefined)
  const paths = named.map((name) => varsFilePath(play.play.folder, name))
  return paths.length > 1 || Array.isArray(entry) ? paths.find((path) => existsSync(path)) : paths[0]
}

function nameOf(play: PlayContext, host: string, raw: Value): string | undefined {
  try {
    const name = play.run.request.templar.evaluate(raw, hostScope(play, host))
    return name instanceof Undefined ? undefined : String(toJson(name))
  } catch {
    return undefined
  }
}

/** Later files win. */
function joined(dicts: readonly Dict[]): Dict {
  const all = new PlacedMap()
  for (const dict of dicts) for (const [key, value] of dict) all.place(key, value, placeOf(dict, key))
  return all
}

async function load(play: PlayContext, path: string): Promise<Dict> {
  const { value, diagnostics } = await play.run.request.loader.variables(path, { allowList: true })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new DiagnosticError(errors)
  return value
}
