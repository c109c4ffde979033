import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Play, VarsPrompt } from '../../playbook/ast.ts'
import { passwordHash } from '../../template/filters/password/password-hash.ts'
import { textOf } from '../../value/text.ts'
import { Unknown } from '../../value/unknown.ts'
import type { Dict, Value } from '../../value/value.ts'
import type { RunContext } from '../run-context.ts'
import type { RunRequest } from '../run-request.ts'
import { asBoolean } from '../task/keyword.ts'

/** Asks for `vars_prompt`; what `-e` gives is not asked for. Answers are text, and never templates. */
export async function promptVariables(run: RunContext, play: Play): Promise<void> {
  const answers: Dict = new Map()
  for (const prompt of play.varsPrompt) {
    if (!isGiven(run.request, play, prompt)) answers.set(prompt.name, await ask(run, play, prompt))
  }
  run.request.variables.setPrompted(answers)
}

/** What will be asked for, before anybody is: the defaults, and otherwise what nobody can know yet. */
export function expectPrompts(request: RunRequest, plays: readonly Play[]): void {
  const expected = plays.flatMap((play) => play.varsPrompt.map((prompt): [string, Value] => [prompt.name, prompt.default ?? new Unknown(`the answer to '${prompt.name}'`)]))
  request.variables.setPrompted(new Map(expected))
}

/** Questions that nobody will answer, since there is no terminal, and that have no default. */
export function checkPrompts(request: RunRequest, plays: readonly Play[]): readonly Diagnostic[] {
  if (request.isInteractive) return []
  return plays.flatMap((play) => play.varsPrompt.filter((prompt) => prompt.default === undefined && !isGiven(request, play, prompt)).map(nobodyToAsk))
}

function nobodyToAsk({ name, range }: VarsPrompt): Diagnostic {
  return {
    code: 'no-answer', severity: 'error', summary: `Cannot ask for '${name}': standard input is not a terminal, and it has no default`,
    range, hint: `Give it on the command line: -e ${name}=VALUE`,
  }
}

function isGiven({ variables }: RunRequest, play: Play, { name }: VarsPrompt): boolean {
  return variables.origins({ host: '', play }, name).some(({ level }) => level === 'extra-vars')
}

/** The entry with its templates evaluated. */
interface Question {
  readonly prompt: VarsPrompt
  readonly text: string
  readonly fallback: string | undefined
  readonly isHidden: boolean
  readonly isConfirmed: boolean
}

async function ask(run: RunContext, play: Play, prompt: VarsPrompt): Promise<Value> {
  const { templar, variables, secrets } = run.request
  const scope = variables.scope({ host: '', play })
  const evaluated = (raw: Value | undefined) => raw === undefined ? undefined : templar.evaluate(raw, scope)
  const fallback = evaluated(prompt.default)
  const question: Question = {
    prompt,
    text: textOf(evaluated(prompt.prompt) ?? prompt.name),
    fallback: fallback === undefined || fallback === null ? undefined : textOf(fallback),
    isHidden: asBoolean(evaluated(prompt.private), true),
    isConfirmed: asBoolean(evaluated(prompt.confirm), false),
  }
  const typed = await answerTo(run, question)
  const answer = typed === '' && question.fallback !== undefined ? question.fallback : typed
  const scheme = evaluated(prompt.encrypt)
  const value = scheme === undefined || scheme === null ? answer : hashed(answer, { scheme, salt: evaluated(prompt.salt), size: evaluated(prompt.saltSize) })
  if (question.isHidden) for (const text of [answer, value]) secrets.addValue(text)
  return value
}

/** Without a terminal, nothing: the default holds. */
async function answerTo(run: RunContext, question: Question): Promise<string> {
  if (run.request.isInteractive) return askPerson(run, question)
  if (question.fallback === undefined) throw new DiagnosticError([nobodyToAsk(question.prompt)])
  run.events.emit({ kind: 'warned', diagnostic: { code: 'not-interactive', severity: 'warning', summary: 'Not prompting as we are not in interactive mode', detail: `${question.prompt.name} has its default`, range: question.prompt.range } })
  return ''
}

async function askPerson({ request, events }: RunContext, { text, fallback, isHidden, isConfirmed }: Question): Promise<string> {
  const shown = fallback === undefined ? `${text}: ` : `${text} [${fallback}]: `
  for (;;) {
    const answer = await request.prompt({ text: shown, echo: !isHidden })
    if (!isConfirmed || answer === await request.prompt({ text: `confirm ${shown}`, echo: !isHidden })) return answer
    events.emit({ kind: 'displayed', text: '***** VALUES ENTERED DO NOT MATCH ****', verbosity: 0 })
  }
}

function hashed(answer: string, { scheme, salt, size }: { readonly scheme: Value, readonly salt: Value | undefined, readonly size: Value | undefined }): string {
  const named = new Map<string, Value>()
  if (salt !== undefined && salt !== null) named.set('salt', textOf(salt))
  if (size !== undefined && size !== null) named.set('salt_size', size)
  return textOf(passwordHash([answer, textOf(scheme)], named))
}
