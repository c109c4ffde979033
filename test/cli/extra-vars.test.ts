import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseExtraVars } from '../../src/cli/extra-vars.ts'
import { TemplateString } from '../../src/value/template-string.ts'

describe('parseExtraVars', () => {
  it('reads pairs as text, JSON and YAML with their types, later options winning', () => {
    expect(parseExtraVars(['port=80 motd="two words"', '{"port": 8080, "on": true}', '{a: [1]}'])).toEqual(
      new Map<string, unknown>([['port', 8080], ['motd', 'two words'], ['on', true], ['a', [1]]]),
    )
  })

  it('reads a file after @', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsplay-vars-'))
    try {
      writeFileSync(join(folder, 'vars.yml'), 'region: devops2\n')
      expect(parseExtraVars([`@${join(folder, 'vars.yml')}`]).get('region')).toBe('devops2')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('makes templates of text with template marks', () => {
    expect(parseExtraVars(['url=http://{{ host }}/']).get('url')).toBeInstanceOf(TemplateString)
  })

  it.each([
    ['no-equals', 'extra-vars'],
    ['{a: [}', 'yaml-syntax'],
    ['@/nowhere/vars.yml', 'unreadable-file'],
  ])('refuses %s', (text, code) => {
    expect(() => parseExtraVars([text])).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code })] }))
  })
})
