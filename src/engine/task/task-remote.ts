import type { ExecRequest } from '../../remote/exec.ts'
import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import type { Effects, Write } from '../../remote/write.ts'

export interface TaskRemote {
  readonly remote: Remote
  /** Whether a command that may have changed anything was run. */
  readonly touched: () => boolean
}

interface TaskRemoteOptions {
  /** Keep cached answers after a command: the caller drops them once it knows that something changed. */
  readonly keepAnswers: boolean
  /** Ask in the task's environment too: facts tell of it. */
  readonly asksInEnvironment: boolean
}

const NOTHING: Effects = {}

/** A host's remote as one task uses it: with the task's environment, and aware of commands that may have changed anything. */
export function taskRemote(remote: Remote, call: TaskCall, { keepAnswers, asksInEnvironment }: TaskRemoteOptions): TaskRemote {
  const { environment } = call
  let touched = false
  const within = (request: ExecRequest): ExecRequest =>
    environment === undefined ? request : { ...request, environment: { ...environment, ...request.environment } }
  const own: Partial<Remote> = {
    write: (change: Write) => remote.write({ ...change, command: within(change.command) }),
    exec(request, effects) {
      touched ||= effects === undefined
      return remote.exec(within(request), effects ?? (keepAnswers ? NOTHING : undefined))
    },
    read<T>(probe: Probe<T>): Promise<T> {
      forgetIfTouched()
      return remote.read(asksInEnvironment && environment ? probeWithin(probe, environment) : probe)
    },
    ...afterForgetting(remote, forgetIfTouched),
    ...mayWriteInPlace(call) ? inPlace(remote) : {},
  }

  /** What a task reads after its own command must not be an answer from before it. */
  function forgetIfTouched(): void {
    if (touched && keepAnswers) remote.forget()
  }

  return { remote: overlaid(remote, own), touched: () => touched }
}

function inPlace(remote: Remote): Partial<Remote> {
  return {
    writeFile: (path, content, attributes) => remote.writeFile(path, content, { ...attributes, inPlace: true }),
    copy: (from, to, attributes) => remote.copy(from, to, { ...attributes, inPlace: true }),
  }
}

/** What a task says of how it uses its host. */
interface TaskCall {
  readonly args: unknown
  /** As they were given. */
  readonly values: ReadonlyMap<string, unknown>
  readonly environment: Readonly<Record<string, string>> | undefined
  readonly module: { readonly args: object }
}

/** Whether files that cannot be replaced are written over: a task says so or, where it says nothing, its environment. */
function mayWriteInPlace({ args, values, environment, module }: TaskCall): boolean {
  if (!('unsafe_writes' in module.args)) return false
  if (values.has('unsafe_writes')) return (args as { readonly unsafe_writes?: unknown }).unsafe_writes === true
  return /^(?:1|true|yes|on|y|t)$/i.test(environment?.['ANSIBLE_UNSAFE_WRITES'] ?? '')
}

/** The same question, asked with more variables in the environment. */
function probeWithin<T>(probe: Probe<T>, environment: Readonly<Record<string, string>>): Probe<T> {
  if (probe.kind !== 'script') return probe
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}\n`)
  return { ...probe, key: `${probe.key} in ${JSON.stringify(environment)}`, script: exports.join('') + probe.script }
}

const READS = ['stat', 'lstat', 'readFile', 'readText', 'sha256', 'list'] as const

function afterForgetting(remote: Remote, forget: () => void): Partial<Remote> {
  return Object.fromEntries(READS.map((name) => [name, (path: string, options?: { readonly depth?: number }) => {
    forget()
    return options === undefined ? remote[name](path) : remote.list(path, options)
  }])) as Partial<Remote>
}

/** An object that answers from `own` first; everything else goes to the remote itself. */
export function overlaid(remote: Remote, own: Partial<Remote>): Remote {
  return new Proxy(remote, {
    get(target, name) {
      const value: unknown = Reflect.get(Reflect.has(own, name) ? own : target, name)
      return typeof value === 'function' ? (value.bind(Reflect.has(own, name) ? own : target) as unknown) : value
    },
  })
}

/** For actions that declared that they never touch their target. */
export function noRemote(moduleName: string): Remote {
  return new Proxy({} as Remote, {
    get(_target, name) {
      // A promise that resolves to this is asked for `then`.
      if (name === 'then') return undefined
      throw new Error(`Module ${moduleName} runs on the control host only, but used its target (${String(name)})`)
    },
  })
}

/** A predicted remote for the time of a change: what would be said to a server cannot be foretold, and must not be said. */
export function withoutStreams(remote: Remote): Remote {
  const refuse = () => Promise.reject(new UnknownValueError('an answer of a server that is not asked in check mode'))
  return overlaid(remote, { dial: refuse, resource: refuse })
}
