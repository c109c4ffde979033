import type { Paint } from '../diagnostics/paint.ts'
import type { TextDiff } from '../module/module.ts'
import { unifiedDiff } from '../text/unified-diff.ts'
import type { Output } from './output.ts'
import { tooLarge } from './too-large.ts'

/** Unified diffs of a change, coloured; empty when there is nothing to show. */
export function diffText(diffs: readonly TextDiff[], { paint, diffContext: context, largestDiff }: Pick<Output, 'paint' | 'diffContext' | 'largestDiff'>): string {
  const shown = (diff: TextDiff): string => paintDiff(unifiedDiff(diff.before, diff.after, { ...headers(diff), context }), paint)
  return diffs.map((diff) => tooLarge(diff, largestDiff) ?? shown(diff)).filter((text) => text !== '').join('\n')
}

function headers(diff: TextDiff): { beforeHeader: string, afterHeader: string } {
  const afterHeader = diff.afterHeader ?? diff.beforeHeader ?? 'after'
  return { beforeHeader: diff.beforeHeader ?? diff.afterHeader ?? 'before', afterHeader: diff.afterHeader ? afterHeader : `${afterHeader} (after)` }
}

function paintDiff(text: string, paint: Paint): string {
  return text.split('\n').map((line) => paintLine(line, paint)).join('\n')
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(line)
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('+')) return paint.green(line)
  return line.startsWith('-') ? paint.red(line) : line
}
