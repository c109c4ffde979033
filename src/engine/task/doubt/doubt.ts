import type { ArgumentSpec } from '../../../module/argument-spec.ts'
import { expandHostPaths } from '../../../module/host-paths.ts'
import type { Change, Module } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects } from '../../../remote/write.ts'
import { ifUnknown } from '../../../value/unknown.ts'
import type { Value } from '../../../value/value.ts'
import { rawArguments } from '../arguments.ts'
import { prepareCall, type Call } from '../call.ts'
import { routeOf } from '../route.ts'
import type { AnyState } from '../run-module.ts'
import type { Site } from '../site.ts'
import { overlaid } from '../task-remote.ts'
import { notingRemote } from './noting-remote.ts'

/**
 * In check mode, after a task of which nobody can tell what it would do: what it may change is not known from now on, so that no later
 * task takes it for what it was. As far as that can be told: from what it would do if it ran, or else from the paths among its arguments.
 */
export async function doubt(site: Site): Promise<void> {
  const { run } = site.play
  const module = run.request.modules.find(site.step.task.module)
  if (module === undefined || module.kind === 'action' && (module.where === 'controller' || module.check !== 'predict')) return
  try {
    const route = routeOf(site, site.delegate())
    if (!route.predicted) return
    // A user that is only to be made cannot be asked; what it may do is seen by whoever logs in.
    const remote = await run.sessions.remote(route).catch(() => run.sessions.remote({ ...route, become: undefined }))
    const effects = await possibleEffects(site, module, remote)
    await remote.write({ summary: `What ${module.name} may do`, command: { script: ':' }, effects })
  } catch {
    // Not even the host it would be done on can be told.
  }
}

async function possibleEffects(site: Site, module: Module, remote: Remote): Promise<Effects> {
  const call = callOf(site)
  if (call === undefined) return { paths: await expanded(module, knownPaths(site, module), remote) }
  const args = await expandHostPaths(module, call.args as Arguments, remote)
  const paths = changedPaths(module).flatMap((name) => texts((args as Readonly<Record<string, unknown>>)[name])).filter((path) => path.startsWith('/'))
  if (module.kind === 'action') return (module.touches as Touches | undefined)?.(args) ?? { paths }
  return effectsOf(module as unknown as AnyState, call, { args, paths, remote })
}

type Touches = (args: unknown) => Effects

type Arguments = Parameters<NonNullable<AnyState['prepare']>>[0]

interface Look {
  readonly args: Arguments
  readonly paths: readonly string[]
  readonly remote: Remote
}

/** What it would do if it ran, where that can be told; otherwise it may change all that it looks at by name, and what is at its paths. */
async function effectsOf(module: AnyState, call: Call, { args, paths, remote }: Look): Promise<Effects> {
  const asked = new Set<string>()
  const looking = overlaid(remote, { read(probe) {
    if (probe.kind === 'script') asked.add(probe.key)
    return remote.read(probe)
  } })
  try {
    const wanted = module.prepare === undefined ? args : await module.prepare(args, call.controller)
    const change = module.diff(wanted, await module.observe(wanted, looking))
    if (change === undefined) return {}
    if (module.effects !== undefined) return withoutPredictions(module.effects(wanted, change))
    return await appliedEffects(module, { wanted, change }, remote)
  } catch {
    return (module.touches as Touches | undefined)?.(args) ?? { paths, keys: [...asked] }
  }
}

/** What it does before it needs to know what a command says. */
async function appliedEffects(module: AnyState, { wanted, change }: { readonly wanted: unknown, readonly change: Change<unknown> }, remote: Remote): Promise<Effects> {
  const { noting, effects } = notingRemote(remote)
  await module.apply(wanted, change, noting).catch(ifUnknown(() => undefined))
  return effects()
}

/** What is foretold of a change is not certain where the change is not. */
function withoutPredictions({ paths = [], keys = [], predictions = [] }: Effects): Effects {
  return {
    paths: [...paths, ...predictions.flatMap(({ probe }) => probe.kind === 'script' ? [] : [probe.path])],
    keys: [...keys, ...predictions.map(({ probe }) => probe.key)],
  }
}

function callOf(site: Site): Call | undefined {
  try {
    return prepareCall(site)
  } catch {
    return undefined
  }
}

/** Names of arguments that a module does not write to, though they are paths. */
const ONLY_READ: ReadonlySet<string> = new Set(['src', 'from', 'creates', 'removes', 'chdir', 'executable', 'make', 'shell', 'gem_source', 'bindir', 'bin_dir', 'key_file', 'config_file', 'config', 'ssh_key_file', 'private_key'])

/** Arguments of actions that name what they may change. */
const BY_ACTIONS: ReadonlySet<string> = new Set(['dest', 'affects', 'creates', 'removes'])

function changedPaths({ args, kind }: Module): readonly string[] {
  const spec: ArgumentSpec = args
  if (kind === 'action') return Object.keys(spec).filter((name) => BY_ACTIONS.has(name))
  return Object.keys(spec).filter((name) => (spec[name]?.type === 'path' || spec[name]?.elements === 'path') && !ONLY_READ.has(name) && !/^(?:ssl|ca|client|login)_/.test(name))
}

/** Paths among arguments of which others are not known. */
function knownPaths(site: Site, module: Module): readonly string[] {
  const spec: ArgumentSpec = module.args
  const names = new Set(changedPaths(module).flatMap((name) => [name, ...spec[name]?.aliases ?? []]))
  return [...rawOf(site, module)].filter(([name]) => names.has(name)).flatMap(([, value]) => knownTexts(site, value))
}

function rawOf(site: Site, module: Module): ReadonlyMap<string, Value> {
  try {
    return rawArguments(site, module)
  } catch {
    return new Map()
  }
}

function knownTexts(site: Site, value: Value): readonly string[] {
  try {
    return texts(site.play.run.request.templar.evaluate(value, site.scope))
  } catch {
    return []
  }
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts)
  return typeof value === 'string' ? [value] : []
}

async function expanded(module: Module, paths: readonly string[], remote: Remote): Promise<readonly string[]> {
  const name = changedPaths(module)[0]
  if (name === undefined) return []
  const all = await Promise.all(paths.map(async (path) => (await expandHostPaths(module, { [name]: path }, remote))[name] ?? path))
  return all.filter((path) => path.startsWith('/'))
}
