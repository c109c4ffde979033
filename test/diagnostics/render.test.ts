import { describe, expect, it } from 'vitest'
import { nearestNames } from '../../src/diagnostics/nearest.ts'
import { createPaint } from '../../src/diagnostics/paint.ts'
import { renderDiagnostic, renderDiagnostics, renderPlainDiagnostic } from '../../src/diagnostics/render.ts'

const file = { path: 'site.yml', text: '- hosts: all\n  taskz: []\n' }

describe('renderDiagnostic', () => {
  it('shows the place with excerpt and caret, detail and hint', () => {
    const text = renderDiagnostic({
      code: 'unknown-keyword', severity: 'error', summary: "Unknown keyword 'taskz' in a play",
      detail: 'Plays have no such keyword.', hint: "Did you mean 'tasks'?", range: { file, start: 15, end: 20 },
    }, createPaint(false))
    expect(text).toBe([
      "error[unknown-keyword]: Unknown keyword 'taskz' in a play",
      ' --> site.yml:2:3',
      '1 | - hosts: all',
      '2 |   taskz: []',
      '  |   ^^^^^',
      '  Plays have no such keyword.',
      "  hint: Did you mean 'tasks'?",
    ].join('\n'))
  })

  it('begins with the words of ansible-playbook for scripts, and keeps the rest', () => {
    const text = renderPlainDiagnostic({
      code: 'unknown-keyword', severity: 'error', summary: "Unknown keyword 'taskz' in a play", ansible: "'taskz' is not a valid attribute for a Play",
      hint: "Did you mean 'tasks'?", range: { file, start: 15, end: 20 },
    }, createPaint(false))
    expect(text).toBe([
      "ERROR! 'taskz' is not a valid attribute for a Play",
      ' --> site.yml:2:3',
      '1 | - hosts: all',
      '2 |   taskz: []',
      '  |   ^^^^^',
      "  Unknown keyword 'taskz' in a play",
      "  hint: Did you mean 'tasks'?",
      '  code: unknown-keyword',
    ].join('\n'))
    expect(renderPlainDiagnostic({ code: 'w', severity: 'warning', summary: 'Odd' }, createPaint(false))).toBe('[WARNING]: Odd\n  code: w')
  })

  it('puts warnings before errors and counts several errors', () => {
    const error = { code: 'e', severity: 'error', summary: 'Bad' } as const
    const text = renderDiagnostics([error, { code: 'w', severity: 'warning', summary: 'Odd' }, { ...error, summary: 'Worse' }], createPaint(false))
    expect(text.split('\n').filter((line) => line !== '')).toEqual(['warning[w]: Odd', 'error[e]: Bad', 'error[e]: Worse', '2 errors'])
  })

  it('tells once, with all its places, what is wrong alike', () => {
    const at = (start: number) => ({ code: 'e', severity: 'error', summary: 'Bad', range: { file, start, end: start + 5 } } as const)
    const text = renderDiagnostics([at(15), at(2)], createPaint(false))
    expect(text).toBe(['error[e]: Bad', ' --> site.yml:2:3', '1 | - hosts: all', '2 |   taskz: []', '  |   ^^^^^', ' --> site.yml:1:3', '', '2 errors'].join('\n'))
  })
})

describe('nearestNames', () => {
  it.each([
    ['taskz', ['tasks', 'roles'], ['tasks']],
    ['hsots', ['hosts', 'host', 'roles'], ['hosts', 'host']],
    ['zzz', ['hosts'], []],
  ])('for %s', (name, known, expected) => {
    expect(nearestNames(name, known)).toEqual(expected)
  })
})
