import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'
import type { FilesystemKind } from './kinds.ts'

/** How much of its device a file system uses. */
export interface Extent {
  readonly bytes: number
  /** Where it is mounted; empty where it is not. */
  readonly mount: string
}

/** Undefined for kinds that cannot grow. */
export function sizeProbe(path: string, kind: FilesystemKind): ScriptProbe<Extent> | undefined {
  const { size, label } = kind
  if (size === undefined) return undefined
  const refusal = `${path} needs to be mounted for ${label} operations`
  const target = { device: '"$d"', mount: '"$m"', 'mount-or-device': '"${m:-$d}"' }[size.of]
  return {
    kind: 'script',
    key: `filesystem:${path}:size`,
    script: `d=${quote(path)}; m=$(findmnt --mtab --noheadings --output TARGET --source "$d" 2>/dev/null | head -n 1); printf '%s\\n' "$m"
${size.of === 'mount' ? `[ -n "$m" ] || { echo ${quote(refusal)} >&2; exit 1; }\n` : ''}LC_ALL=C ${quoteAll(size.words)} ${target}`,
    parse: ({ status, stdout, stderr }) => {
      const [mount = '', ...lines] = stdout.toString('utf8').split('\n')
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `${size.words.join(' ')} failed with status ${status}`)
      const bytes = size.parse(lines.join('\n'))
      if (bytes === undefined) throw new ModuleFailure(`unable to process ${size.words[0] ?? ''} output for ${path}`)
      return { bytes, mount: mount.trim() }
    },
    readsPaths: [path],
  }
}
