import { describe, expect, it } from 'vitest'
import { processorFacts } from '../../../src/modules/setup/processors.ts'
import { parseRawFacts } from '../../../src/modules/setup/raw-facts.ts'

interface Machine {
  readonly name: string
  readonly machine: string
  readonly text: string
  readonly xen?: boolean
  /** What describes them, then sockets, cores, threads of each, and all. */
  readonly facts: readonly [readonly string[], number, number, number, number]
}

const x86 = (number: number, socket: number, core: number) =>
  `processor : ${number}\nvendor_id : AuthenticAMD\nmodel name : AMD EPYC\nphysical id : ${socket}\nsiblings : 4\ncore id : ${core}\ncpu cores : 2`
const repeated = (count: number, words: readonly string[]): string[] => Array.from({ length: count }, (_, number) => [String(number), ...words]).flat()

const MACHINES: readonly Machine[] = [
  { name: 'two sockets with two cores of two threads', machine: 'x86_64', text: [0, 1, 2, 3, 4, 5, 6, 7].map((number) => x86(number, number >> 2, number % 2)).join('\n'), facts: [repeated(8, ['AuthenticAMD', 'AMD EPYC']), 2, 2, 2, 8] },
  { name: 'a guest that is told of no sockets', machine: 'x86_64', text: '0 1'.split(' ').map((number) => `processor : ${number}\nvendor_id : GenuineIntel\nmodel name : Xeon`).join('\n'), facts: [repeated(2, ['GenuineIntel', 'Xeon']), 2, 1, 1, 2] },
  { name: 'ARM of today, which has numbers only', machine: 'aarch64', text: 'processor : 0\nprocessor : 1', facts: [['0', '1'], 2, 1, 1, 2] },
  { name: 'ARM of yesterday', machine: 'armv7l', text: 'processor : 0\nmodel name : ARMv7 rev 4\nprocessor : 1\nmodel name : ARMv7 rev 4', facts: [repeated(2, ['ARMv7 rev 4']), 2, 1, 1, 2] },
  { name: 'Power', machine: 'ppc64le', text: 'processor : 0\ncpu : POWER8E\nprocessor : 1\ncpu : POWER8E\nmachine : CHRP', facts: [repeated(2, ['POWER8E']), 2, 1, 1, 2] },
  { name: 'a mainframe', machine: 's390x', text: 'vendor_id : IBM/S390\n# processors : 8\nmax thread id : 1', facts: [['IBM/S390'], 1, 4, 2, 8] },
  { name: 'SPARC', machine: 'sparc64', text: 'cpu : UltraSparc T5\nncpus active : 24', facts: [['UltraSparc T5'], 24, 1, 1, 24] },
  { name: 'a guest of Xen that knows it', machine: 'x86_64', xen: true, text: `${x86(0, 0, 0)}\n${x86(1, 0, 0)}\nflags : fpu tsc`, facts: [repeated(2, ['AuthenticAMD', 'AMD EPYC']), 2, 2, 1, 2] },
]

describe('processors', () => {
  it.each(MACHINES)('of $name', ({ machine, text, xen, facts: [processor, sockets, cores, threads, all] }) => {
    const raw = parseRawFacts(`\u001emachine\n${machine}\n\u001eprocessors\n${text}\n\u001eexists\n${xen ? '/proc/xen' : ''}\n\u001efiles\n/proc/self/status:Cpus_allowed_list:\t0-1,4\n`)
    expect(processorFacts(raw)).toMatchObject({
      processor, processor_count: sockets, processor_cores: cores, processor_threads_per_core: threads, processor_vcpus: all, processor_nproc: 3,
    })
  })
})
