import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { quote } from '../text/shell-quote.ts'
import type { Json } from '../value/value.ts'
import { passwordProbe, selectionsProbe } from './system/packages/debconf-probes.ts'

const args = {
  name: { type: 'str', required: true, aliases: ['pkg'], description: 'The package.' },
  question: { type: 'str', aliases: ['selection', 'setting'], description: 'The question; without one the answers are only told.' },
  vtype: { type: 'str', choices: ['boolean', 'error', 'multiselect', 'note', 'password', 'seen', 'select', 'string', 'text', 'title'], description: 'Kind of question.' },
  value: { type: 'raw', aliases: ['answer'], description: 'The answer; a list for `multiselect`, whose order does not matter.' },
  unseen: { type: 'bool', default: false, description: 'Leave the question marked as not seen.' },
} as const

/** `ansible.builtin.debconf`: answers to the questions of Debian packages. */
export const debconf = defineModule({
  name: 'debconf',
  summary: 'Keep an answer to a question of a Debian package.',
  args,
  constraints: { together: [['question', 'vtype', 'value']] },
  examples: [
    { name: 'Where mail goes', args: { name: 'postfix', question: 'postfix/relayhost', vtype: 'string', value: 'mail.example.com' } },
    { name: 'What is answered', args: { name: 'tzdata' } },
  ],
  prepare: async (given): Promise<Wanted> => ({ ...given, answer: answerText(given) }),
  observe,
  diff,
  apply: async (wanted, change, remote) => {
    await remote.write(writeOf(wanted, change))
    return undefined
  },
  result: (_, { selections }) => ({ msg: '', current: { ...selections } }),
})

interface Wanted extends ArgumentsOf<typeof args> {
  readonly answer: string
}

interface DebconfState {
  readonly selections: Readonly<Record<string, string>>
  /** Whether a password is the wanted one; null where it is none, or none is there. Its text is not kept. */
  readonly isPassword: boolean | null
}

function answerText({ vtype, value }: ArgumentsOf<typeof args>): string {
  if (Array.isArray(value)) {
    const wrong = value.find((item: Json) => typeof item !== 'string')
    if (vtype === 'multiselect' && wrong !== undefined) throw new ModuleFailure(`Invalid value provided for 'multiselect': ${JSON.stringify(wrong)} is no text`)
    return value.join(', ')
  }
  return vtype === 'boolean' ? String(value).toLowerCase() : String(value ?? '')
}

async function observe({ name, question, vtype, answer }: Wanted, remote: Remote): Promise<DebconfState> {
  const password = vtype === 'password' && question !== undefined ? remote.read(passwordProbe(name, question)) : undefined
  const [selections, found] = await Promise.all([remote.read(selectionsProbe(name)), password])
  return { selections, isPassword: found === undefined || question === undefined || !(question in selections) ? null : found === answer }
}

function diff(wanted: Wanted, before: DebconfState): Change<DebconfState> | undefined {
  const { question, vtype, answer } = wanted
  if (question === undefined || isAnswered(wanted, before)) return undefined
  const isSecret = vtype === 'password'
  const after = { selections: { ...before.selections, [question]: isSecret ? '********' : answer }, isPassword: isSecret ? true : null }
  const previous = before.selections[question] ?? ''
  return {
    before, after,
    diff: [{ before: `${question}: ${previous}\n`, after: `${question}: ${after.selections[question] ?? ''}\n`, beforeHeader: wanted.name, afterHeader: wanted.name }],
    fields: {
      current: { [question]: after.selections[question] ?? '' }, previous: { [question]: previous },
      diff: { before: { [question]: previous }, after: { [question]: after.selections[question] ?? '' } },
    },
  }
}

function isAnswered({ question = '', vtype, value, answer }: Wanted, { selections, isPassword }: DebconfState): boolean {
  const existing = selections[question]
  if (existing === undefined) return false
  if (vtype === 'password') return isPassword === true
  if (vtype === 'boolean') return existing.toLowerCase() === answer
  if (vtype !== 'multiselect' || !Array.isArray(value)) return existing === answer
  return sortedItems(existing) === sortedItems(answer)
}

function sortedItems(text: string): string {
  return text.split(',').map((item) => item.trim()).sort().join(',')
}

/** Answers go by stdin, since they may be passwords. A question that was not there is taken away again when this is undone. */
function writeOf({ name, question = '', vtype, answer, unseen }: Wanted, { before, after }: Change<DebconfState>): Parameters<Remote['write']>[0] {
  const effects = { keys: [`debconf:${name}:*`], predictions: vtype === 'password' ? [] : [{ probe: selectionsProbe(name), answer: after.selections }] }
  const text = after.selections[question]
  if (text === undefined) {
    return { summary: `Unregister ${question}`, command: { script: `debconf-communicate ${quote(name)} >/dev/null`, stdin: Buffer.from(`UNREGISTER ${question}\n`) }, effects }
  }
  if (vtype === 'password' && before.isPassword === true) throw new ModuleFailure(`Cannot take back the answer to ${question}: passwords are not recorded`)
  const line = `${name} ${question} ${vtype ?? ''} ${vtype === 'password' ? answer : text}\n`
  return { summary: `Answer ${question}`, command: { script: `debconf-set-selections${unseen ? ' -u' : ''}`, stdin: Buffer.from(line) }, effects }
}
