import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quoteAll } from '../../../text/shell-quote.ts'

/** What apt says that it would do. */
export interface AptPlan {
  /** Version afterwards by name; null is removed. */
  readonly packages: Readonly<Record<string, string | null>>
  /** Those of them that were not there. */
  readonly added?: readonly string[]
  /** Files of its cache that it would remove. */
  readonly archives?: readonly string[]
  /** Why it cannot be done. */
  readonly problem?: string
  /** What it said. */
  readonly said?: Said
}

export interface Said {
  readonly stdout: string
  readonly stderr: string
  readonly rc: number
}

/** Asks apt-get to simulate a command; `words` are its options and arguments. */
export function aptPlanProbe(words: readonly string[]): ScriptProbe<AptPlan> {
  return {
    kind: 'script',
    key: `apt:plan:${words.join(' ')}`,
    script: `LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -s -y ${quoteAll(words)}`,
    parse,
    isCostly: true,
    readsPaths: ['/etc/apt', '/var/lib/apt', ...words.filter((word) => word.startsWith('/'))],
  }
}

function parse({ status, stdout, stderr }: ExecResult): AptPlan {
  const text = stdout.toString('utf8')
  const packages: Record<string, string | null> = {}
  const added = [...text.matchAll(/^Inst (\S+) \(/gm)].map(([, name = '']) => name)
  // what is only configured was unpacked before, and could not be set up then
  for (const [, action, name = '', version] of text.matchAll(/^(Inst|Remv|Purg|Conf) (\S+)(?: \[[^\]]*\])?(?: \((\S+))?/gm)) {
    packages[name] = action === 'Inst' || action === 'Conf' ? version ?? '' : null
  }
  const archives = [...text.matchAll(/^Del (\S+)/gm)].map(([, name = '']) => name)
  const said = { stdout: text, stderr: stderr.toString('utf8'), rc: status }
  if (status === 0) return { packages, added, archives, said }
  if (status === 127) return { packages: {}, said, problem: 'Failed to find required executable "apt-get" on the host' }
  const errors = said.stderr.split('\n').filter((line) => line.startsWith('E:'))
  return { packages: {}, said, problem: friendly(errors.join('\n') || text.trim().split('\n').at(-1) || `exit status ${status}`) }
}

/** Of what apt-get said, what it is about to do. */
export function preparedIn(said: string): string {
  const lines = said.split('\n')
  const start = lines.indexOf('Reading state information...') + 1
  const end = lines.findIndex((line) => /^\d+ upgraded/.test(line))
  return lines.slice(start, end < 0 ? undefined : end + 1).join('\n')
}

/** Whether the plan failed since no archive has a package. */
export function isUnknownPackage(plan: AptPlan | null): boolean {
  return plan?.problem?.startsWith(NO_PACKAGE) === true
}

const NO_PACKAGE = 'No package matching'

function friendly(errors: string): string {
  const unknown = /Unable to locate package (\S+)|Package '?([^'\s]+)'? has no installation candidate/.exec(errors)
  return unknown === null ? errors : `${NO_PACKAGE} '${unknown[1] ?? unknown[2] ?? ''}' is available`
}
