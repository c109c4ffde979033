import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { matchesGlob } from './system/glob-match.ts'
import { detailsProbe, sourcesProbe, type MountDetails, type SourceText } from './system/mounts/mount-probes.ts'
import { mountsInTable, mountsPrinted, type MountLine } from './system/mounts/mount-lines.ts'

const args = {
  sources: { type: 'list', elements: 'str', description: 'Where to look: files, `mount` for the program, `static` for what /etc/fstab and its like say, `dynamic` for what is mounted, `all`. Default: all.' },
  mount_binary: { type: 'raw', default: 'mount', description: 'Program that prints mounts where no file tells them; null for none.' },
  devices: { type: 'list', elements: 'str', description: 'Glob patterns of devices to tell of.' },
  fstypes: { type: 'list', elements: 'str', description: 'Glob patterns of file system types to tell of.' },
  timeout: { type: 'float', description: 'Seconds to wait for the size of a mount; without it for ever.' },
  on_timeout: { type: 'str', choices: ['error', 'warn', 'ignore'], default: 'error', description: 'What becomes of a mount that does not answer.' },
  include_aggregate_mounts: { type: 'bool', description: 'Tell all that every source says too, as `aggregate_mounts`.' },
} as const

/** `ansible.builtin.mount_facts`: mounts, as facts. */
export const mountFacts = defineAction({
  name: 'mount_facts',
  summary: 'Tell what is mounted, or is to be.',
  where: 'host',
  check: 'run',
  args,
  examples: [
    { name: 'What is mounted from other hosts', args: { devices: ['[!/]*'], timeout: 3, on_timeout: 'warn' } },
    { name: 'What fstab says', args: { sources: ['static'] } },
  ],
  observe: (given, remote) => remote.read(sourcesProbe(sourcesOf(given), programOf(given))),
  run: async (given, { remote }) => {
    const sources = sourcesOf(given)
    const found = await remote.read(sourcesProbe(sources, programOf(given)))
    const mounts = distinct(found, sources).flatMap(linesOf)
    const details = await remote.read(detailsProbe([...new Set(mounts.map(({ mount }) => mount))], given.timeout))
    const wanted = mounts.map((mount) => ({ ...mount, ...deviceOf(mount, details) }))
      .filter(({ device, fstype }) => matchesOne(device, given.devices) && matchesOne(fstype, given.fstypes))
    const late = wanted.filter(({ mount }) => details.late.has(mount)).map(({ mount, fstype }) => `Timed out getting mount size for mount ${mount} (type ${fstype}) after ${given.timeout ?? 0} seconds`)
    if (late[0] !== undefined && given.on_timeout === 'error') throw new ModuleFailure(late[0])
    const facts = factsOf(wanted.map((mount) => told(mount, details)), given.include_aggregate_mounts === true)
    const warnings = [...repeated(sources), ...given.on_timeout === 'warn' ? late : [], ...given.include_aggregate_mounts === undefined ? twice(wanted) : []]
    return { changed: false, effects: [{ kind: 'facts', facts }], fields: { ansible_facts: facts, ...warnings.length === 0 ? {} : { warnings } } }
  },
})

const STATIC = ['/etc/fstab', '/etc/vfstab', '/etc/filesystems']
const DYNAMIC = ['/etc/mtab', '/proc/mounts', '/etc/mnttab']

type Given = ArgumentsOf<typeof args>

function sourcesOf({ sources }: Given): readonly string[] {
  return (sources === undefined || sources.length === 0 ? ['all'] : sources).flatMap((source) => {
    if (source === '') throw new ModuleFailure('sources contains an empty string')
    if (source === 'all') return [...DYNAMIC, ...STATIC]
    return source === 'dynamic' ? DYNAMIC : source === 'static' ? STATIC : [source]
  })
}

function programOf({ mount_binary: program, timeout }: Given): string | undefined {
  if (timeout !== undefined && Number(timeout) <= 0) throw new ModuleFailure(`argument 'timeout' must be a positive number or null, not ${timeout}`)
  if (program !== undefined && program !== null && typeof program !== 'string') throw new ModuleFailure(`argument 'mount_binary' must be a string or null, not ${JSON.stringify(program)}`)
  return program ?? undefined
}

/** Each source once, whatever links lead to it; the program only where it was asked for, or no file told what is mounted. */
function distinct(found: readonly SourceText[], sources: readonly string[]): readonly SourceText[] {
  const files = found.filter(({ isFallback }) => !isFallback)
  const once = files.filter(({ real }, index) => files.findIndex((other) => other.real === real) === index)
  const isTold = once.some((source) => (source.name === 'mount' || DYNAMIC.includes(source.name)) && linesOf(source).length > 0)
  return isTold || !sources.some((source) => DYNAMIC.includes(source)) ? once : [...once, ...found.filter(({ isFallback }) => isFallback)]
}

interface SourcedMount extends MountLine {
  readonly source: string
}

function linesOf({ name, text }: SourceText): readonly SourcedMount[] {
  return (name === 'mount' ? mountsPrinted(text) : mountsInTable(text)).map((line) => ({ ...line, source: name }))
}

/** A device that is named by its UUID is the device that has it. */
function deviceOf({ device }: MountLine, { uuids }: MountDetails): { readonly device: string, readonly uuid: string | null } {
  if (!device.startsWith('UUID=')) return { device, uuid: uuids.get(device) ?? null }
  const uuid = device.slice('UUID='.length)
  return { device: [...uuids].find(([, other]) => other === uuid)?.[0] ?? device, uuid }
}

function matchesOne(text: string, patterns: readonly string[] | undefined): boolean {
  return patterns === undefined || patterns.length === 0 || patterns.some((pattern) => matchesGlob(text, pattern))
}

function told({ fields, mount, source, origin, uuid }: SourcedMount & { readonly uuid: string | null }, { sizes }: MountDetails): JsonObject {
  return { ...fields, ...sizes.get(mount), ansible_context: { source, source_data: origin }, uuid }
}

function factsOf(mounts: readonly JsonObject[], withAll: boolean): JsonObject {
  const points: Record<string, Json> = {}
  for (const mount of mounts) points[String(mount['mount'])] ??= mount
  return { mount_points: points, aggregate_mounts: withAll ? mounts : [] }
}

function repeated(sources: readonly string[]): readonly string[] {
  return new Set(sources).size === sources.length ? [] : [`mount_facts option 'sources' contains duplicate entries, repeat sources will be ignored: ${sources.join(', ')}`]
}

/** Sources that tell of more than one mount at a place. */
function twice(mounts: readonly SourcedMount[]): readonly string[] {
  const bySource = new Map<string, string[]>()
  for (const { source, mount } of mounts) bySource.set(source, [...bySource.get(source) ?? [], mount])
  const named = [...bySource].filter(([, points]) => new Set(points).size < points.length).map(([source, points]) => `${source} (${points.join(', ')})`)
  return named.length === 0 ? [] : [`mount_facts: ignoring repeat mounts in the following sources: ${named.join(', ')}. You can disable this warning by configuring the 'include_aggregate_mounts' option as True or False.`]
}
