import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/types.ts'
import { githubReport } from '../../src/lint/formats/github.ts'
import { jsonReport } from '../../src/lint/formats/json.ts'
import { sarifReport } from '../../src/lint/formats/sarif.ts'
import { readLintFile } from '../../src/lint/lint-file.ts'
import { lintFiles } from '../../src/lint/lint-files.ts'
import { DEFAULT_SETTINGS, type LintSettings, readSettings } from '../../src/lint/settings.ts'
import { Problems } from '../../src/yaml/problems.ts'

const TASKS = '- name: first\n  ansible.builtin.command: ls\n- name: Second\n  ansible.builtin.command: ls\n'
const lint = (text: string, settings: Partial<LintSettings> = {}, checked: readonly Diagnostic[] = []) =>
  lintFiles([readLintFile({ path: 'tasks/main.yml', text })], { ...DEFAULT_SETTINGS, ...settings }, checked)
const codes = (findings: readonly Diagnostic[]) => findings.map(({ code }) => code)

describe('lintFiles', () => {
  it('tells what rules find, in the order of the lines', () => {
    expect(codes(lint(TASKS))).toEqual(['name[casing]', 'no-changed-when', 'no-changed-when'])
  })

  it.each([
    ['at the end of the line', '- name: Second\n  ansible.builtin.command: ls # noqa: no-changed-when\n', []],
    ['anywhere in the task', '- name: Second # noqa: no-changed-when\n  ansible.builtin.command: ls\n', []],
    ['for a family of rules', '- name: second # noqa: name no-changed-when\n  ansible.builtin.command: ls\n', []],
    ['for everything', '- name: second\n  ansible.builtin.command: ls # noqa\n', []],
    ['for other rules only', '- name: Second\n  ansible.builtin.command: ls # noqa: fqcn\n', ['no-changed-when']],
    ['for its own task only', '- name: Second # noqa: no-changed-when\n  ansible.builtin.command: ls\n- name: Third\n  ansible.builtin.command: ls\n', ['no-changed-when']],
  ])('noqa %s', (_where, text, left) => {
    expect(codes(lint(text))).toEqual(left)
  })

  it('settings leave rules out, make warnings of them, or ask for more', () => {
    expect(codes(lint(TASKS, { skip: ['no-changed-when'] }))).toEqual(['name[casing]'])
    expect(codes(lint(TASKS, { skip: ['name'] }))).toEqual(['no-changed-when', 'no-changed-when'])
    expect(lint(TASKS, { warn: ['name'] }).map(({ severity }) => severity)).toEqual(['warning', 'error', 'error'])
    expect(codes(lint(TASKS, { profile: 'moderate' }))).toEqual(['name[casing]'])
    expect(codes(lint('- name: Say it\n  debug: { msg: x }\n', { enable: ['fqcn'] }))).toEqual(['fqcn'])
  })

  it('what a run would refuse is an error, a thing told twice is told once', () => {
    const checked: Diagnostic = { code: 'unknown-argument', severity: 'warning', summary: 'x' }
    expect(lint('', {}, [checked, checked])).toEqual([{ ...checked, severity: 'error' }])
  })
})

describe('readSettings', () => {
  it('takes what ansible-lint takes', () => {
    const problems = new Problems()
    const text = 'profile: safety\nskip_list: [yaml]\nwarn_list: [experimental]\nenable_list: [fqcn]\nexclude_paths: [test/]\nmock_modules: [x]\n'
    expect(readSettings({ path: '.ansible-lint', text }, problems)).toEqual({ profile: 'safety', skip: ['yaml'], warn: ['experimental'], enable: ['fqcn'], exclude: ['test/'] })
    expect(problems.diagnostics).toEqual([])
  })

  it('refuses a profile that is none', () => {
    const problems = new Problems()
    readSettings({ path: '.ansible-lint', text: 'profile: safty\n' }, problems)
    expect(problems.diagnostics).toMatchObject([{ code: 'bad-lint-settings', hint: "Did you mean 'safety'?" }])
  })
})

describe('formats', () => {
  const [finding] = lint('- name: second\n  ansible.builtin.debug: { msg: x }\n')
  const findings = finding === undefined ? [] : [finding]

  it('json tells places by line and column', () => {
    expect(JSON.parse(jsonReport(findings))).toMatchObject([{ code: 'name[casing]', path: 'tasks/main.yml', line: 1, column: 9, end: { line: 1 } }])
  })

  it('github shows them beside the lines', () => {
    expect(githubReport(findings)).toBe('::error file=tasks/main.yml,line=1,col=9,title=name[casing]::Names begin with a capital letter\n')
  })

  it('sarif has rules and results', () => {
    const { runs: [run] } = JSON.parse(sarifReport(findings, '1')) as { runs: { tool: { driver: { rules: unknown[] } }, results: unknown[] }[] }
    expect(run?.tool.driver.rules).toMatchObject([{ id: 'name[casing]', help: { text: expect.any(String) } }])
    expect(run?.results).toMatchObject([{ ruleId: 'name[casing]', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: 'tasks/main.yml' }, region: { startLine: 1 } } }] }])
  })
})
