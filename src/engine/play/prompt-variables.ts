import type { Play, VarsPrompt } from '../../playbook/ast.ts'
import { toJson } from '../../value/json.ts'
import type { Dict, Value } from '../../value/value.ts'
import type { RunContext } from '../run-context.ts'
import { asText } from '../task/keyword.ts'

/** Asks for `vars_prompt`; what `-e` gives is not asked for. */
export async function promptVariables(run: RunContext, play: Play): Promise<void> {
  const answers: Dict = new Map()
  for (const prompt of play.varsPrompt) {
    if (!isGiven(run, play, prompt.name)) answers.set(prompt.name, await ask(run, play, prompt))
  }
  run.request.variables.setPrompted(answers)
}

function isGiven({ request }: RunContext, play: Play, name: string): boolean {
  return request.variables.origins({ host: '', play }, name).some(({ level }) => level === 'extra-vars')
}

async function ask(run: RunContext, play: Play, prompt: VarsPrompt): Promise<Value> {
  const { templar, variables, secrets } = run.request
  const scope = variables.scope({ host: '', play })
  const fallback = prompt.default === undefined ? undefined : templar.evaluate(prompt.default, scope)
  const shown = fallback === undefined ? '' : ` [${String(toJson(fallback))}]`
  const text = `${asText(templar.evaluate(prompt.prompt, scope)) ?? prompt.name}${shown}: `
  const answer = await confirmed(run, prompt, text)
  if (prompt.private) secrets.add(answer)
  return answer === '' && fallback !== undefined ? fallback : answer
}

async function confirmed({ request }: RunContext, { private: hidden, confirm }: VarsPrompt, text: string): Promise<string> {
  for (;;) {
    const answer = await request.prompt({ text, echo: !hidden })
    if (!confirm || answer === '' || answer === await request.prompt({ text: `confirm ${text}`, echo: !hidden })) return answer
  }
}
