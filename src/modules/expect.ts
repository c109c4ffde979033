import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { pythonRegex } from './files/python-regex.ts'
import { affectedBy } from './system/command/affected.ts'
import { affectsArgument, guardArguments } from './system/command/arguments.ts'
import { guardedResult, guardReads } from './system/command/guard.ts'
import { outputFields } from './system/command/output.ts'
import { predictCommand } from './system/command/run.ts'
import { splitWords } from './system/command/split-words.ts'
import { converse, type Reply } from './system/command/terminal.ts'
import { execWords } from './system/command/words.ts'
import { pythonDuration, pythonTime } from './system/timing.ts'

const args = {
  command: { type: 'str', required: true, description: 'Program and its arguments; no shell reads them.' },
  responses: { type: 'dict', required: true, description: 'What to answer, by regular expressions of what is asked; a list answers one after another.' },
  timeout: { type: 'raw', default: 30, description: 'Seconds to wait for output; null waits for ever.' },
  echo: { type: 'bool', default: false, description: 'Whether the answers show in the output.' },
  ...guardArguments,
  ...affectsArgument,
} as const

/** `ansible.builtin.expect`: a program that asks, and its answers. Needs the `script` program on the host, which gives it a terminal. */
export const expect = defineAction({
  name: 'expect',
  summary: 'Run a program and answer what it asks.',
  where: 'host',
  check: 'predict',
  args,
  examples: [{ name: 'A new password', args: { command: 'passwd app', responses: { '(?i)password:': 'MySekretPa$$word' } }, again: 'what a command does is its own business' }],
  observe: guardReads,
  run: async (given, { remote }) => {
    refuse(given)
    return await guardedResult(given, remote, { cmd: given.command }) ?? await run(given, remote)
  },
  predict: async (given, { remote }) => {
    refuse(given)
    const guarded = await guardedResult(given, remote, { cmd: given.command })
    if (guarded !== undefined) return guarded
    const command = { cmd: given.command, request: { script: ':' }, effects: affectedBy(given.affects), strip: true, timed: true }
    const { changed, fields = {}, unknownFields = [] } = await predictCommand(command, remote)
    return { changed, fields, unknownFields }
  },
})

type Given = ArgumentsOf<typeof args>

function refuse({ command, timeout }: Given): void {
  if (command.trim() === '') throw new ModuleFailure('no command given', { rc: 256 })
  if (timeout !== null && !/^\d+$/.test(String(timeout))) throw new ModuleFailure(`argument 'timeout' is of type ${typeof timeout} and we were unable to convert to int: ${String(timeout)}`)
}

async function run(given: Given, remote: Remote): Promise<ModuleResult> {
  const start = new Date()
  const { output, status } = await converse({
    script: execWords(splitWords(given.command), { expand: false }), directory: given.chdir, echo: given.echo,
    seconds: given.timeout === null ? Infinity : Number(given.timeout), replies: repliesOf(given), effects: affectedBy(given.affects),
  }, remote)
  const end = new Date()
  const { rc, ...shown } = outputFields({ status: status ?? 0, stdout: output, stderr: Buffer.alloc(0) }, { strip: true })
  const times = { start: pythonTime(start), end: pythonTime(end), delta: pythonDuration(end.getTime() - start.getTime()) }
  const fields = { cmd: given.command, ...shown, rc: status === undefined ? null : rc ?? 0, ...times }
  if (status === 0) return { changed: true, fields }
  return { changed: true, failed: true, msg: status === undefined ? 'command exceeded timeout' : 'non-zero return code', fields }
}

/** Patterns see bytes, so they are bytes as well. */
function repliesOf({ responses }: Given): readonly Reply[] {
  return Object.entries(responses).map(([question, answer]) => {
    const pattern = pythonRegex(Buffer.from(question).toString('latin1'), { dotAll: true })
    const left = Array.isArray(answer) ? answer.map(String) : undefined
    return {
      pattern,
      answer: (output) => {
        if (left === undefined) return `${String(answer).replace(/\n+$/, '')}\n`
        const next = left.shift()
        if (next === undefined) throw new ModuleFailure(`No remaining responses for '${question}', output was '${output.toString('utf8')}'`)
        return `${next.replace(/\n+$/, '')}\n`
      },
    }
  })
}
