import { defineAction } from '../module/define-module.ts'
import type { ModuleResult } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { createHash, randomUUID } from 'node:crypto'

/** `check_output`: looks at the host without changing it and fails unless it finds what it should. tsplay's own. */
export const checkOutput = defineAction({
  name: 'check_output',
  summary: 'Fail unless a command that only reads prints what it should; such commands of several tasks travel together.',
  where: 'host',
  check: 'run',
  args: {
    cmd: { type: 'str', required: true, description: 'sh text that changes nothing.' },
    matches: { type: 'str', description: 'Regular expression (multi-line) that must be found in what it prints.' },
    lacks: { type: 'str', description: 'Regular expression (multi-line) that must not be found.' },
    lines: { type: 'list', elements: 'str', description: 'Exactly the lines that it must print, in any order.' },
    rc: { type: 'int', default: 0, description: 'Its exit status.' },
    ahead: { type: 'bool', default: false, description: 'Nothing that a task before this one does can change the answer, so it may be asked ahead of its turn, and is kept.' },
    reads: { type: 'list', elements: 'path', default: [], description: 'Paths that the answer depends on: in check mode it is unknown when one of them was to be changed.' },
    fail_msg: { type: 'str', aliases: ['msg'], description: 'What is wrong then.' },
  },
  constraints: { exclusive: [['lines', 'matches'], ['lines', 'lacks']] },
  examples: [{ name: 'All programs run', args: { cmd: 'supervisorctl status', lacks: '^\\S+\\s+(?!RUNNING)\\S', fail_msg: 'A program does not run' } }],
  observe: async (args, remote) => (args.ahead ? remote.read(probeOf(args)) : undefined),
  run: async ({ rc, fail_msg: message, ...args }, { remote }): Promise<ModuleResult> => {
    const { status, stdout, stderr } = await remote.read(probeOf(args))
    const text = stdout.toString('utf8')
    const fields = { stdout: text.trimEnd(), stdout_lines: text.trimEnd() === '' ? [] : text.trimEnd().split('\n'), stderr: stderr.toString('utf8').trimEnd(), rc: status }
    const wrong = status === rc ? wrongWith(text, args) : `exit status ${status}: ${fields.stderr === '' ? fields.stdout : fields.stderr}`
    return wrong === undefined ? { changed: false, fields } : { changed: false, failed: true, msg: message === undefined ? wrong : `${message}: ${wrong}`, fields }
  },
})

interface Question {
  readonly cmd: string
  readonly reads: readonly string[]
  readonly ahead: boolean
}

/** Under a key of its own an answer is never taken from the cache, so that a retry looks again. */
function probeOf({ cmd, reads, ahead }: Question): ScriptProbe<ExecResult> {
  const key = ahead ? createHash('sha256').update(cmd).digest('hex') : randomUUID()
  return { kind: 'script', key: `output:${key}`, script: cmd, readsPaths: reads, parse: (result) => result }
}

interface Wanted {
  readonly matches: string | undefined
  readonly lacks: string | undefined
  readonly lines: readonly string[] | undefined
}

function wrongWith(text: string, { matches, lacks, lines }: Wanted): string | undefined {
  if (matches !== undefined && !new RegExp(matches, 'm').test(text)) return `'${matches}' is not in: ${text.trim()}`
  const [found] = lacks === undefined ? [] : new RegExp(`.*(?:${lacks}).*`, 'm').exec(text) ?? []
  if (found !== undefined) return found.trim()
  return lines === undefined ? undefined : differentLines(text, lines)
}

function differentLines(text: string, wanted: readonly string[]): string | undefined {
  const found = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const missing = wanted.filter((line) => !found.includes(line))
  const extra = found.filter((line) => !wanted.includes(line))
  if (missing.length + extra.length === 0) return undefined
  return [...missing.map((line) => `'${line}' is missing`), ...extra.map((line) => `'${line}' should not be there`)].join(', ')
}
