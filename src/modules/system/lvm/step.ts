import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects } from '../../../remote/write.ts'
import { quoteAll } from '../../../text/shell-quote.ts'

/** One command of LVM. */
export interface Step {
  readonly words: readonly string[]
  /** What a failure is called. */
  readonly failure: string
}

/** Programs of LVM complain of descriptors that others left open, and speak many languages. */
export const LVM_ENVIRONMENT = 'export LC_ALL=C LVM_SUPPRESS_FD_WARNINGS=1'

/** What any of them may change: volumes are devices. */
export const LVM_EFFECTS: Effects = { keys: ['lvm:*', 'filesystem:*', 'parted:*', 'facts:*'], paths: ['/dev'] }

/** Throws a `ModuleFailure` in its words where a step fails. */
export async function runStep({ words, failure }: Step, remote: Remote): Promise<void> {
  const result = await runWords(words, remote)
  if (result.status !== 0) throw new ModuleFailure(failure, { rc: result.status, err: result.stderr.toString('utf8') })
}

function runWords(words: readonly string[], remote: Remote): Promise<ExecResult> {
  return remote.exec({ script: `${LVM_ENVIRONMENT}; ${quoteAll(words)}` }, LVM_EFFECTS)
}
