import { describe, expect, it } from 'vitest'
import { joinLines, takeKeyValues } from '../../src/playbook/split-arguments.ts'

describe('joinLines', () => {
  it('drops backslashes that stand alone at the end of a line', () => {
    expect(joinLines('echo this is \\\n"a\nb" \\\n| cat\n')).toBe('echo this is "a\nb" | cat\n')
    expect(joinLines('ls \\\n  -l')).toBe('ls  -l')
  })

  it('leaves them in quotes, in templates and at the end of a word', () => {
    for (const text of ['echo "a \\\n b"', '{{ a \\\n }}', 'echo a\\\nb', 'cat \\ x']) expect(joinLines(text)).toBe(text)
  })
})

describe('takeKeyValues', () => {
  const keys = new Set(['creates'])

  it('tells the line ends after the rest', () => {
    expect(takeKeyValues('creates=/x\necho "a"\n', keys)).toMatchObject({ rest: { text: 'echo "a"' }, tail: '\n' })
    expect(takeKeyValues('echo "a" creates=/x\n', keys)).toMatchObject({ rest: { text: 'echo "a"' }, tail: '' })
  })
})
