import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `processor*` and `flags`, counted from /proc/cpuinfo as Ansible counts: what is told differs with each architecture. */
export function processorFacts(raw: RawFacts): JsonObject {
  const lines = cpuLines(raw)
  const allowed = allowedProcessors(raw)
  return {
    ...flagFacts(lines),
    processor: lines.filter(([name]) => DESCRIBING.has(name)).map(([, value]) => value),
    ...countsOf(raw, lines),
    ...allowed !== undefined && { processor_nproc: allowed },
  }
}

type Line = readonly [name: string, value: string]

const DESCRIBING: ReadonlySet<string> = new Set(['model name', 'Processor', 'vendor_id', 'cpu', 'Vendor', 'processor'])

function cpuLines(raw: RawFacts): readonly Line[] {
  return [...raw.part('processors').matchAll(/^([^:]+?)\s*:[^\S\n]*(.*)$/gm)].map(([, name = '', value = '']) => [name, value.trim()])
}

function valuesOf(lines: readonly Line[], name: string): readonly string[] {
  return lines.filter(([other]) => other === name).map(([, value]) => value)
}

/** What the processors can do, where the kernel tells. */
function flagFacts(lines: readonly Line[]): JsonObject {
  const flags = valuesOf(lines, 'flags').at(-1)?.split(/\s+/)
  return flags === undefined ? {} : { flags }
}

function countsOf(raw: RawFacts, lines: readonly Line[]): JsonObject {
  const architecture = raw.part('machine').trim()
  if (architecture === 's390x') return mainframeCounts(lines)
  const logical = logicalProcessors(architecture, lines)
  if (isParavirtual(raw, lines)) return counts({ sockets: logical, cores: logical, threads: 1, all: logical, nproc: logical })
  const { sockets, cores } = socketsOf(lines)
  const siblings = valuesOf(lines, 'siblings')[0] ?? (valuesOf(lines, 'core id').length > 0 ? '1' : undefined)
  const threads = Math.round(Number(siblings ?? 1) / cores)
  const chips = sockets || logical
  return counts({ sockets: chips, cores, threads, all: threads * chips * cores, nproc: valuesOf(lines, 'processor').length })
}

interface Counts {
  readonly sockets: number
  readonly cores: number
  readonly threads: number
  readonly all: number
  readonly nproc: number
}

function counts({ sockets, cores, threads, all, nproc }: Counts): JsonObject {
  return { processor_count: sockets, processor_cores: cores, processor_threads_per_core: threads, processor_vcpus: all, processor_nproc: nproc }
}

/** A mainframe numbers them with a hash sign, and does not tell its sockets. */
function mainframeCounts(lines: readonly Line[]): JsonObject {
  const number = (name: string): number => Number(valuesOf(lines, name)[0] ?? 0)
  const [all, threads] = [number('# processors'), number('max thread id') + 1]
  return counts({ sockets: 1, cores: Math.round(all / threads), threads, all, nproc: all })
}

/** Where no sockets are told; not all architectures give each processor a line of the same name. */
function logicalProcessors(architecture: string, lines: readonly Line[]): number {
  if (/^(?:armv|aarch|ppc)/.test(architecture)) return valuesOf(lines, 'processor').length
  const vendors = valuesOf(lines, 'vendor_id').length
  if (vendors > 0 && vendors === valuesOf(lines, 'model name').length) return vendors
  const active = valuesOf(lines, 'ncpus active').at(-1)
  return active === undefined ? lines.filter(([name]) => DESCRIBING.has(name)).length : Number(active)
}

/** A guest of Xen that knows that it is one is told of a single core; it has no `vme` then. */
function isParavirtual(raw: RawFacts, lines: readonly Line[]): boolean {
  const isXen = raw.exists('/proc/xen') || raw.file('/sys/hypervisor/type') === 'xen'
  return isXen && valuesOf(lines, 'flags').some((flags) => !flags.includes('vme'))
}

/** How many sockets there are, and the cores of the first. */
function socketsOf(lines: readonly Line[]): { readonly sockets: number, readonly cores: number } {
  const sockets = new Map<string, number>()
  let current = ''
  for (const [name, value] of lines) {
    if (name === 'physical id') current = value
    if (name === 'physical id' && !sockets.has(current)) sockets.set(current, 1)
    if (name === 'cpu cores') sockets.set(current, Number(value))
  }
  const [first] = sockets.values()
  return { sockets: sockets.size, cores: first || 1 }
}

/** How many processors a process may use: `0-3,8`. */
function allowedProcessors(raw: RawFacts): number | undefined {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(raw.file('/proc/self/status') ?? '')?.[1]
  return list?.split(',').reduce((sum, range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return sum + last - first + 1
  }, 0)
}
