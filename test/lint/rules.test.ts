import { describe, expect, it } from 'vitest'
import { applyRules } from '../../src/lint/apply-rules.ts'
import { readLintFile } from '../../src/lint/lint-file.ts'
import { PROFILES } from '../../src/lint/rule.ts'
import { RULES } from '../../src/lint/rules/index.ts'

const found = (text: string, path = 'tasks/main.yml') => applyRules(readLintFile({ path, text }), RULES).map(({ code }) => code)

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, { bad, good, file, profile, meaning, mend }) => {
  it('finds its example, and leaves the mended one alone', () => {
    expect(found(bad, file)).toContain(id)
    expect(found(good, file)).not.toContain(id)
  })

  it('is explained', () => {
    expect(PROFILES).toContain(profile)
    expect(meaning).toMatch(/\.$/)
    expect(mend).toMatch(/\.$/)
  })
})

describe('rules', () => {
  it('names are unique', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
  })

  it.each([
    ['shell that needs a shell', '- name: A\n  ansible.builtin.shell: echo $HOME > /x\n  changed_when: true\n'],
    ['a command that only looks', '- name: A\n  ansible.builtin.command: systemctl is-active x\n  changed_when: false\n'],
    ['a command guarded by creates', '- name: A\n  ansible.builtin.command: { cmd: make, creates: /x }\n'],
    ['a mode written as octal', '- name: A\n  ansible.builtin.file: { path: /a, state: directory, mode: 0755 }\n'],
    ['a file that is linked', '- name: A\n  ansible.builtin.file: { path: /a, state: link, src: /b }\n'],
    ['lineinfile without create', '- name: A\n  ansible.builtin.lineinfile: { path: /a, line: x }\n'],
    ['a template at the end of a name', '- name: "Do it with {{ a }} and {{ b }}"\n  ansible.builtin.debug: { msg: x }\n'],
    ['a password that changes nothing in a log', '- name: A\n  ansible.builtin.user: { name: a, update_password: always }\n  loop: [1]\n'],
    ['whitespace control', '- name: A\n  ansible.builtin.debug: { msg: "{{- x -}} {{ y }}" }\n'],
    ['a pipe in a text of a template', '- name: A\n  ansible.builtin.debug: { msg: "{{ \'a|b\' | upper }}" }\n'],
  ])('nothing is said of %s', (_what, text) => {
    expect(found(text).filter((code) => !['loop-var-prefix'].includes(code))).toEqual([])
  })
})
