import type { Remote } from '../../../remote/remote.ts'
import { CommandError } from '../../../remote/remote.ts'
import { ModuleFailure } from '../../../module/module.ts'

/** How often fetching package lists is tried, and the greatest number of seconds between two tries. */
export interface Tries {
  readonly tries: number
  readonly longest: number
}

const UPDATE = 'LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=60 update'
const EFFECTS = { keys: ['apt:*'], paths: ['/var/lib/apt', '/var/cache/apt'] } as const

/** Fetches package lists. A failure tells what apt said. */
export async function updateLists(remote: Remote, tries: Tries): Promise<void> {
  try {
    await remote.write({ summary: 'Fetch package lists', command: { script: updateSource(tries) }, effects: EFFECTS })
  } catch (error) {
    throw error instanceof CommandError ? failure(error.result.stderr, tries) : error
  }
}

/** The same before it is known whether anything is to be changed; rejects in check mode. */
export async function updateListsFirst(remote: Remote, tries: Tries): Promise<void> {
  const { status, stderr } = await remote.exec({ script: updateSource(tries) }, EFFECTS)
  if (status !== 0) throw failure(stderr, tries)
}

/** One more second, then two, four and so on. */
function updateSource({ tries, longest }: Tries): string {
  const delays = Array.from({ length: Math.max(tries - 1, 0) }, (_, index) => Math.min(2 ** index, longest))
  return delays.length === 0 ? UPDATE : `${UPDATE} && exit\nfor d in ${delays.join(' ')}; do sleep "$d"; ${UPDATE} && exit; done\nexit 100`
}

function failure(stderr: Buffer, { tries }: Tries): ModuleFailure {
  return new ModuleFailure(`Failed to update apt cache after ${tries} retries: ${[...new Set(stderr.toString('utf8').trim().split('\n'))].join('\n') || 'unknown reason'}`)
}
