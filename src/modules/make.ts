import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quoteAll } from '../text/shell-quote.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { believe } from './system/command/run.ts'

const args = {
  chdir: { type: 'path', required: true, description: 'Folder to run in.' },
  file: { type: 'path', description: 'Another Makefile.' },
  jobs: { type: 'int', description: 'How many jobs run at once.' },
  make: { type: 'path', description: 'The program; default: gmake where there is one, else make.' },
  params: { type: 'dict', description: 'Variables of make; one without a value is given by its name alone.' },
  target: { type: 'str', description: 'What is made.' },
  targets: { type: 'list', elements: 'str', description: 'Several things that are made.' },
} as const

/** `community.general.make`: targets of a Makefile. */
export const make = defineAction({
  name: 'make',
  aliases: ['community.general.make'],
  asksInEnvironment: true,
  summary: 'Bring targets of a Makefile up to date.',
  where: 'host',
  check: 'predict',
  args,
  constraints: { exclusive: [['target', 'targets']] },
  examples: [{ name: 'Install the program', args: { chdir: '/usr/src/app', target: 'install', params: { PREFIX: '/usr/local' } } }],
  touches: ({ chdir }) => ({ paths: [chdir] }),
  observe: (wanted, remote) => remote.read(questionProbe(wanted)),
  run: async (wanted, { remote }) => {
    const asked = await remote.read(questionProbe(wanted))
    if (asked.status === 0) return resultOf(wanted, asked, false)
    const { status, stdout, stderr } = await remote.exec({ script: quoteAll(wordsOf(wanted, asked.program)), directory: wanted.chdir })
    const made = { ...asked, status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
    if (status !== 0) throw failure(made, { cmd: quoteAll(wordsOf(wanted, asked.program)) })
    return resultOf(wanted, made, true)
  },
  predict: async (wanted, { remote }) => {
    const asked = await remote.read(questionProbe(wanted))
    if (asked.status !== 0) await believe({ request: { script: ':' }, effects: { paths: [wanted.chdir] } }, remote)
    // What a question prints is all that is known of a run.
    return resultOf(wanted, asked, asked.status !== 0)
  },
})

type WantedTargets = ArgumentsOf<typeof args>

interface Answer {
  readonly program: string
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

function wordsOf({ file, jobs, params, target, targets }: WantedTargets, program: string): readonly string[] {
  const variables = Object.entries(params ?? {}).map(([name, value]) => value === null ? name : `${name}=${textOf(value)}`)
  const named = targets ?? (target === undefined ? [] : [target])
  return [program, ...jobs === undefined ? [] : ['-j', String(jobs)], ...file === undefined ? [] : ['-f', file], ...named, ...variables]
}

function textOf(value: Json): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** `make -q`: 0 is up to date, 1 is not. */
function questionProbe(wanted: WantedTargets): ScriptProbe<Answer> {
  const question = quoteAll([...wordsOf(wanted, '').slice(1), '-q'])
  const program = wanted.make === undefined ? 'm=$(command -v gmake || command -v make)' : `m=$(command -v ${quoteAll([wanted.make])})`
  return {
    kind: 'script',
    key: `make:${wanted.chdir}:${question}`,
    script: `${program} || { echo 'Failed to find required executable "make"' >&2; exit 127; }\necho "$m"\ncd ${quoteAll([wanted.chdir])} && "$m" ${question}`,
    parse: (result) => {
      const [program = '', ...lines] = result.stdout.toString('utf8').split('\n')
      const answer = { program, status: result.status, stdout: lines.join('\n'), stderr: result.stderr.toString('utf8') }
      if (isBroken(result)) throw failure(answer)
      return answer
    },
    readsPaths: [wanted.chdir],
  }
}

/** 2 may still mean that a target has to be made that another is made of. */
function isBroken({ status }: ExecResult): boolean {
  return status > 2
}

function failure({ status, stdout, stderr, program }: Answer, more: JsonObject = {}): ModuleFailure {
  return new ModuleFailure(stderr.trim() || `${program} failed with status ${status}`, { ...more, rc: status, stdout, stderr })
}

function resultOf(wanted: WantedTargets, { program, stdout, stderr }: Answer, changed: boolean): ModuleResult {
  const { chdir, file, jobs, params, target, targets } = wanted
  const fields: JsonObject = {
    chdir, file: file ?? null, jobs: jobs ?? null, params: params ?? null, target: target ?? null, targets: targets ?? null,
    stdout: stdout.trimEnd(), stderr: stderr.trimEnd(), command: quoteAll(wordsOf(wanted, program)),
  }
  return { changed, fields }
}
