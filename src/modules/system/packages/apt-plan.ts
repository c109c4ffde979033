import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quoteAll } from '../../../text/shell-quote.ts'

/** What apt says that it would do. */
export interface AptPlan {
  /** Version afterwards by name; null is removed. */
  readonly packages: Readonly<Record<string, string | null>>
  /** Why it cannot be done. */
  readonly problem?: string
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
  // what is only configured was unpacked before, and could not be set up then
  for (const [, action, name = '', version] of text.matchAll(/^(Inst|Remv|Purg|Conf) (\S+)(?: \[[^\]]*\])?(?: \((\S+))?/gm)) {
    packages[name] = action === 'Inst' || action === 'Conf' ? version ?? '' : null
  }
  if (status === 0) return { packages }
  const errors = stderr.toString('utf8').split('\n').filter((line) => line.startsWith('E:'))
  return { packages: {}, problem: friendly(errors.join('\n') || text.trim().split('\n').at(-1) || `exit status ${status}`) }
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
