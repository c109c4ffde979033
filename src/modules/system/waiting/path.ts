import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'

/** Whether something is at a path now; with a pattern, what matched of its content. Never answered from memory. */
export async function askPath(path: string, pattern: RegExp | undefined, remote: Remote): Promise<RegExpExecArray | boolean> {
  const script = pattern === undefined ? `[ -e ${quote(path)} ]` : `[ -e ${quote(path)} ] && cat -- ${quote(path)}`
  const { status, stdout, stderr } = await remote.exec({ script }, {})
  if (pattern === undefined) return status === 0
  if (status !== 0 && /permission denied/i.test(stderr.toString('utf8'))) throw new ModuleFailure(`Failed to read ${path}: ${stderr.toString('utf8').trim()}`)
  if (status !== 0) return false
  return new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(stdout.toString('utf8')) ?? false
}
