import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** What a .deb file on the host holds. */
export interface DebFile {
  readonly name: string
  readonly version: string
}

export function debProbe(path: string): ScriptProbe<DebFile> {
  return {
    kind: 'script',
    key: `deb:${path}`,
    script: `dpkg-deb -W --showformat='\${Package} \${Version}\\n' -- ${quote(path)}`,
    parse: ({ status, stdout, stderr }) => {
      const [name = '', version = ''] = stdout.toString('utf8').trim().split(' ')
      if (status !== 0 || name === '') throw new ModuleFailure(`Unable to install package ${path}: ${stderr.toString('utf8').trim()}`)
      return { name, version }
    },
    readsPaths: [path],
  }
}
