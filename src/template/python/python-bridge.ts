import type { Json, JsonObject, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { findFile } from '../lookups/find-file.ts'
import type { PluginKind } from '../plugins/load-plugins.ts'
import type { CallContext } from '../types.ts'
import { PythonProcess } from './python-process.ts'
import { fromPython, toPython } from './python-values.ts'

export interface PythonPlaces {
  /** The interpreter. */
  readonly python: string
  /** Folders that hold `ansible_collections`. */
  readonly collections: () => readonly string[]
  /** The folder `ansible` of an installed ansible-core. */
  readonly core: () => string | undefined
}

export interface PythonFile {
  readonly kind: PluginKind
  readonly path: string
  /** The name of its module, for what it imports from beside itself. */
  readonly name?: string
}

export interface PythonCall extends PythonFile {
  readonly key: string
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** Plugins in Python, run by one process on the control host that starts with the first of them. */
export class PythonBridge {
  readonly #places: PythonPlaces
  #process: PythonProcess | undefined

  constructor(places: PythonPlaces) {
    this.#places = places
  }

  /** The names that a file has. */
  load(file: PythonFile): readonly string[] {
    const names = this.#ask({ do: 'load', ...file, paths: [...this.#places.collections()], core: this.#places.core() ?? null })
    return Array.isArray(names) ? names.map(String) : []
  }

  call({ kind, path, key, args, named }: PythonCall, context: CallContext): Value {
    const request = { do: 'call', kind, path, key, args: args.map((arg) => toPython(arg)), named: Object.fromEntries([...named].map(([name, value]) => [name, toPython(value)])) }
    return fromPython(this.#ask(request, context))
  }

  /** Answers what the plugin asks until it is done. */
  #ask(request: JsonObject, context?: CallContext): Json {
    this.#process ??= new PythonProcess(this.#places.python)
    this.#process.say(JSON.stringify(request))
    for (;;) {
      const message = JSON.parse(this.#heard(this.#process)) as JsonObject
      if ('value' in message) return message['value'] ?? null
      if ('error' in message) throw new EvaluationError('plugin-failed', String(message['error']), typeof message['where'] === 'string' ? `In ${message['where']}` : undefined)
      this.#process.say(JSON.stringify(answered(message, context)))
    }
  }

  #heard(process: PythonProcess): string {
    try {
      return process.hear()
    } catch (error) {
      this.#process = undefined
      throw new EvaluationError('plugin-failed', `Cannot run plugins in Python: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

function answered(question: JsonObject, context: CallContext | undefined): JsonObject {
  if (context === undefined) return { error: 'Nothing can be asked while a plugin is loaded' }
  try {
    const asked = String(question['ask'])
    return { value: Object.hasOwn(ANSWERS, asked) ? ANSWERS[asked]?.(question, context) ?? null : null }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

const ANSWERS: Readonly<Record<string, (question: JsonObject, context: CallContext) => Json>> = {
  variable: ({ path }, context) => {
    const keys = textsOf(path)
    const value = reached(keys, context)
    return value === undefined ? { '~': 'missing' } : toPython(value, keys)
  },
  names: ({ path }, context) => {
    const [first, ...rest] = textsOf(path)
    if (first === undefined) return [...new Set(context.scope.names())]
    const dict = reached([first, ...rest], context)
    return dict instanceof Map ? [...dict.keys()].map(String) : []
  },
  find: ({ kind, name }, context) => findFile(String(name), kindOf(kind), context) ?? null,
  folder: (_question, context) => context.basePaths[0] ?? process.cwd(),
  read: ({ path }, context) => context.readText(String(path)),
}

function reached([name = '', ...keys]: readonly string[], context: CallContext): Value | undefined {
  const raw = context.scope.get(name)
  let value = raw === undefined ? undefined : context.evaluate(raw)
  for (const key of keys) value = value instanceof Map ? value.get(key) : undefined
  return value
}

function textsOf(json: Json | undefined): string[] {
  return Array.isArray(json) ? json.map(String) : []
}

function kindOf(kind: Json | undefined): 'files' | 'templates' | 'vars' {
  return kind === 'templates' || kind === 'vars' ? kind : 'files'
}
