import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/text/unified-diff.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const CASES: readonly (readonly [string, string, string])[] = [
  ['one changed line', 'a\nb\nc\n', 'a\nB\nc\n'],
  ['new file', '', 'a\nb\n'],
  ['removed file', 'a\n', ''],
  ['newline at the end lost', 'a\nb\n', 'a\nb'],
  ['two far changes', lines(40), lines(40).replace('l3\n', 'x\n').replace('l30\n', 'y\nz\n')],
  ['two near changes', lines(20), lines(20).replace('l3\n', 'x\n').replace('l9\n', 'y\n')],
  ['everything different', 'a\nb\nc\n', 'x\ny\n'],
]

describe('unifiedDiff', () => {
  it('is empty for equal texts', () => {
    expect(unifiedDiff('a\n', 'a\n')).toBe('')
  })

  it.each(CASES)('turns before into after when patch applies it: %s', (_, before, after) => {
    const folder = temporaryFolder('diff')
    writeFileSync(join(folder, 'text'), before)
    execFileSync('patch', ['-s', '-p0', 'text'], { cwd: folder, input: `${unifiedDiff(before, after)}\n` })
    expect(after === '' ? '' : execFileSync('cat', ['text'], { cwd: folder, encoding: 'utf8' })).toBe(after)
  })

  it('shows three lines around a change', () => {
    const diff = unifiedDiff(lines(20), lines(20).replace('l10\n', 'x\n'), { beforeHeader: 'a', afterHeader: 'b' })
    expect(diff.split('\n').slice(0, 7)).toEqual(['--- a', '+++ b', '@@ -8,7 +8,7 @@', ' l7', ' l8', ' l9', '-l10'])
  })
})

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `l${index}\n`).join('')
}
