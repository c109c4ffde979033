import { describe, expect, it } from 'vitest'
import { parseShellVariables } from '../../src/text/shell-variables.ts'

const VALUES: readonly (readonly [string, string])[] = [
  ['a=plain', 'plain'], ['a=""', ''], ['a=', ''], ['a="two words"', 'two words'], ["a='it''s'", 'its'], ["a='$x `y` \\'", '$x `y` \\'],
  ['a="say \\"hi\\" \\\\ \\$x \\n"', 'say "hi" \\ $x \\n'], ['a=b\\ c', 'b c'], ['a="x"y\'z\'', 'xyz'], ['a="#5" # comment', '#5'], ['a=b#c', 'b#c'],
  ['export a=1', '1'], ['  a=1;', '1'], ['a="5$"', '5$'], ['a=1\r', '1'], ['a=x=y', 'x=y'],
]

const BROKEN: readonly (readonly [string, string])[] = [
  ['a = 1', 'no space may stand before the equals sign'], ['a="open', 'the closing quote is missing'], ["a='open", 'the closing quote is missing'],
  ['a=one two', 'only a comment may follow the value: quote the whole value'], ['rm -rf /', 'it is not an assignment such as name="value"'],
  ['a=$(id)', 'only a shell could expand this, and settings files are read without running them'], ['a="${b}"', 'only a shell could expand this, and settings files are read without running them'],
  ['a=`id`', 'only a shell could expand this, and settings files are read without running them'], ['a=x>y', '> must be quoted'], ['1a=2', 'it is not an assignment such as name="value"'], ['a=b\\', 'it goes on on the next line'],
]

describe('parseShellVariables', () => {
  it.each(VALUES)('reads %j', (line, value) => {
    expect(parse(line)).toEqual({ values: [['a', value]], broken: [] })
  })

  it.each(BROKEN)('refuses %j', (line, reason) => {
    expect(parse(line)).toEqual({ values: [], broken: [reason] })
  })

  it('tells where values stand', () => {
    const file = { path: 'f', text: '# c\nname="v w" # x\n\nbad line\n' }
    const { assignments: [assignment], broken: [line] } = parseShellVariables(file)
    expect(assignment && file.text.slice(assignment.valueRange.start, assignment.valueRange.end)).toBe('"v w"')
    expect(line && file.text.slice(line.range.start, line.range.end)).toBe('bad line')
  })
})

function parse(text: string): { readonly values: readonly (readonly [string, string])[], readonly broken: readonly string[] } {
  const { assignments, broken } = parseShellVariables({ path: 'settings', text })
  return { values: assignments.map(({ name, value }) => [name, value]), broken: broken.map(({ reason }) => reason) }
}
