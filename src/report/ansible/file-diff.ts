import type { TextDiff } from '../../module/module.ts'
import { unifiedDiff } from '../../text/unified-diff.ts'
import { tooLarge } from '../too-large.ts'
import type { CallbackSettings } from './callback-settings.ts'
import type { Display } from './display.ts'

/** Diffs in the form of Ansible's, an empty line after each; empty when there is nothing to show. */
export function fileDiff(diffs: readonly TextDiff[], { diffContext: context, largestDiff }: Pick<CallbackSettings, 'diffContext' | 'largestDiff'>, display: Display): string {
  return diffs.map((diff) => {
    const skipped = tooLarge(diff, largestDiff)
    if (skipped !== undefined) return `${skipped}\n`
    const beforeHeader = header('before', diff.before === '' ? undefined : diff.beforeHeader)
    const text = unifiedDiff(diff.before, diff.after, { beforeHeader, afterHeader: header('after', diff.afterHeader), context })
    return text === '' ? '' : `${text.split('\n').map((line) => paintLine(line, display)).join('\n')}\n`
  }).join('')
}

function header(word: string, name: string | undefined): string {
  return name === undefined ? word : `${word}: ${name}`
}

function paintLine(line: string, display: Display): string {
  if (line.startsWith('+')) return display.paint(line, 'diffAdd')
  if (line.startsWith('-')) return display.paint(line, 'diffRemove')
  return line.startsWith('@@') ? display.paint(line, 'diffLines') : line
}
