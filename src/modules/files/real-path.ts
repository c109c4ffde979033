import type { ScriptProbe } from '../../remote/probe.ts'
import { quote } from '../../text/shell-quote.ts'

/** Where a path leads once every link in it is followed; the last part need not be there. */
export function realPathProbe(path: string): ScriptProbe<string> {
  return {
    kind: 'script',
    key: `realpath:${path}`,
    script: `readlink -f -- ${quote(path)}`,
    readsPaths: [path],
    parse: ({ status, stdout }) => (status === 0 ? stdout.toString('utf8').replace(/\n$/, '') : path),
  }
}
