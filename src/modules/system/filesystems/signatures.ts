import { ModuleFailure } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** Bytes by which the kind of a file system is known, kept so that they can be put back. */
export interface Signature {
  readonly offset: number
  readonly base64: string
}

export function signaturesProbe(path: string): ScriptProbe<readonly Signature[]> {
  return {
    kind: 'script',
    key: `filesystem:${path}:signatures`,
    script: `d=${quote(path)}; command -v wipefs >/dev/null || { echo 'Failed to find required executable "wipefs"' >&2; exit 127; }
LC_ALL=C wipefs --noheadings --output OFFSET,LENGTH "$d" | while read -r offset length; do
  printf '%d ' "$offset"; dd if="$d" bs=1 skip=$((offset)) count="$length" 2>/dev/null | base64 | tr -d '\\n'; echo
done`,
    parse: ({ status, stdout, stderr }) => {
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim())
      return stdout.toString('utf8').split('\n').filter((line) => line !== '').map((line) => {
        const [offset = '0', base64 = ''] = line.split(' ')
        return { offset: Number(offset), base64 }
      })
    },
    readsPaths: [path],
  }
}

export function wipeScript(path: string): string {
  return `wipefs --all ${quote(path)} >/dev/null`
}

/** Puts them back where they were. */
export function restoreScript(path: string, signatures: readonly Signature[]): string {
  return signatures.map(({ offset, base64 }) => `printf %s ${quote(base64)} | base64 -d | dd of=${quote(path)} bs=1 seek=${offset} conv=notrunc 2>/dev/null`).join(' && ') || ':'
}
