import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseExtraVars } from '../../src/cli/extra-vars.ts'
import { noSecret } from '../../src/vault/vault.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const refuse = (): string => { throw noSecret() }

describe('parseExtraVars', () => {
  it('reads pairs as text, JSON and YAML with their types, later options winning', () => {
    expect(new Map(parseExtraVars(['port=80 motd="two words"', '{"port": 8080, "on": true}', '{a: [1]}'], refuse).variables)).toEqual(
      new Map<string, unknown>([['port', 8080], ['motd', 'two words'], ['on', true], ['a', [1]]]),
    )
  })

  it('reads a file after @', () => {
    const folder = temporaryFolder('vars')
    writeFileSync(join(folder, 'vars.yml'), 'region: devops2\n')
    expect(parseExtraVars([`@${join(folder, 'vars.yml')}`], refuse).variables.get('region')).toBe('devops2')
  })

  it('decrypts a file, and says when it cannot', () => {
    const folder = temporaryFolder('vars')
    const path = join(folder, 'vars.yml')
    writeFileSync(path, '$ANSIBLE_VAULT;1.1;AES256\n6162\n')
    expect(parseExtraVars([`@${path}`], () => 'region: devops2\n').variables.get('region')).toBe('devops2')
    expect(() => parseExtraVars([`@${path}`], refuse)).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'vault', hint: expect.stringContaining('--ask-vault-pass') as string })] }))
  })

  it('makes templates of text with template marks', () => {
    expect(parseExtraVars(['url=http://{{ host }}/'], refuse).variables.get('url')).toBeInstanceOf(TemplateString)
  })

  it.each([
    ['parallel: False', "Write -e 'parallel=False' for text, or -e '{parallel: False}' for a value with its type"],
    ['package.json', 'For the variables of a file: -e @package.json'],
    ['two words', 'Write -e name=value'],
  ])('passes over %s, as Ansible does, and says so', (text, hint) => {
    const { variables, warnings } = parseExtraVars([text, 'a=1'], refuse)
    expect([...variables.keys()]).toEqual(['a'])
    expect(warnings).toMatchObject([{ code: 'extra-vars', severity: 'warning', summary: `These extra vars set nothing: '${text}' is not of the form name=value`, hint }])
  })

  it.each([
    ['[1]', 'extra-vars'],
    ['motd=two words', 'extra-vars'],
    ['./vars.yml', 'extra-vars'],
    ['{a: [}', 'yaml-syntax'],
    ['@/nowhere/vars.yml', 'unreadable-file'],
  ])('refuses %s', (text, code) => {
    expect(() => parseExtraVars([text], refuse)).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code })] }))
  })
})
