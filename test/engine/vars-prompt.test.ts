import { describe, expect, it } from 'vitest'
import { checkEngine, type EngineRun, engineRequest, runEngine } from '../support/engine-run.ts'
import { runPlaybooks } from '../../src/engine/run.ts'

const SHOW = 'tasks: [{debug: {var: input}}, {debug: {msg: "{{ input | type_debug }}"}}]'

function asking(entry: string, more: Partial<EngineRun> = {}): EngineRun {
  return { files: { 'site.yml': `- hosts: all\n  vars: {own: from a variable, other: evaluated}\n  vars_prompt: [${entry}]\n  ${SHOW}\n` }, ...more }
}

/** The questions that are asked, and the answer that comes of them. */
async function answered(entry: string, answers: readonly string[]): Promise<{ readonly questions: readonly (readonly [string, boolean])[], readonly value: unknown, readonly texts: readonly string[] }> {
  const { request, events } = await engineRequest(asking(entry, { answers }))
  const questions: (readonly [string, boolean])[] = []
  await runPlaybooks({ ...request, prompt: (question) => { questions.push([question.text, question.echo]); return request.prompt(question) } })
  const [shown] = events.filter((event) => event.kind === 'host-ended')
  return { questions, value: shown?.outcome.result['input'], texts: events.filter((event) => event.kind === 'displayed').map(({ text }) => text) }
}

describe('vars_prompt', () => {
  it.each<readonly [string, readonly string[], string, readonly (readonly [string, boolean])[]]>([
    ['{name: input}', ['typed'], 'typed', [['input: ', false]]],
    ['{name: input, prompt: Which one, private: false}', ['typed'], 'typed', [['Which one: ', true]]],
    ['{name: input, prompt: "{{ own }}", private: "{{ false }}"}', ['typed'], 'typed', [['from a variable: ', true]]],
    ['{name: input, default: 8080, private: no}', [''], '8080', [['input [8080]: ', true]]],
    ['{name: input, default: "{{ own }}"}', [''], 'from a variable', [['input [from a variable]: ', false]]],
    ['{name: input, default: 8080}', ['80'], '80', [['input [8080]: ', false]]],
    ['{name: input, confirm: yes}', ['a', 'a'], 'a', [['input: ', false], ['confirm input: ', false]]],
    ['{name: input, unsafe: yes}', ['{{ other }}'], '{{ other }}', [['input: ', false]]],
    ['{name: input}', ['{{ other }}'], '{{ other }}', [['input: ', false]]],
    ['{name: input, encrypt: md5_crypt, salt: saltsalt}', ['password'], '$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/', [['input: ', false]]],
  ])('%s', async (...[entry, answers, value, questions]) => {
    expect(await answered(entry, answers)).toEqual({ questions, value, texts: [] })
  })

  it('asks again when the two answers differ', async () => {
    const { questions, value, texts } = await answered('{name: input, confirm: yes}', ['a', 'b', 'c', 'c'])
    expect([questions.length, value, texts]).toEqual([4, 'c', ['***** VALUES ENTERED DO NOT MATCH ****']])
  })

  it('takes a salt of the size asked for', async () => {
    expect((await answered('{name: input, encrypt: md5_crypt, salt_size: 4}', ['password'])).value).toMatch(/^\$1\$[./0-9A-Za-z]{4}\$/)
  })

  it('does not ask for what -e gives', async () => {
    const { messages, exitCode } = await runEngine(asking('{name: input}', { extra: { input: 'given' } }))
    expect([exitCode, messages.at(-1)]).toEqual([0, 'str'])
  })

  it('may decide on the hosts', async () => {
    const site = '- hosts: "{{ target }}"\n  vars_prompt: [{name: target}]\n  tasks: [{debug: {msg: here}}]\n'
    expect((await runEngine({ files: { 'site.yml': site }, answers: ['localhost'] })).messages).toEqual(['here'])
    expect(await checkEngine({ files: { 'site.yml': site }, answers: [] })).toEqual([])
  })

  it('without a terminal has its default, and says so', async () => {
    const { exitCode, result, events } = await runEngine(asking('{name: input, default: fallback}'))
    expect([exitCode, result('debug')['msg']]).toEqual([0, 'str'])
    expect(events).toContainEqual(expect.objectContaining({ kind: 'warned', diagnostic: expect.objectContaining({ summary: 'Not prompting as we are not in interactive mode' }) as unknown }))
  })

  it('without a terminal and a default is told of before anything is done', async () => {
    expect(await checkEngine(asking('{name: input}'))).toMatchObject([{ code: 'no-answer', hint: 'Give it on the command line: -e input=VALUE' }])
    expect(await checkEngine(asking('{name: input}', { extra: { input: 'given' } }))).toEqual([])
    expect((await runEngine(asking('{name: input}'))).exitCode).toBe(1)
  })

  it.each([
    ['{name: input, when: x}', "Invalid vars_prompt data structure, found unsupported key 'when'"],
    ['{prompt: x}', "Invalid vars_prompt data structure, missing 'name' key"],
    ['input', "Cannot read 'vars_prompt': it must be a list of mappings"],
    ['{name: input, confirm: perhaps}', "Cannot read 'confirm': it must be yes or no"],
  ])('refuses %s', async (entry, message) => {
    await expect(runEngine(asking(entry))).rejects.toThrow(message)
  })
})
