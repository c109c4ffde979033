import type { ArgumentValue } from '../../playbook/ast.ts'
import { isTemplate, TemplateString } from '../../value/template-string.ts'
import { reprOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { fromJson } from '../../value/json.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import type { HostEnd } from '../task/run-on-host.ts'
import { withSpecial, type Site } from '../task/site.ts'
import { taskName } from '../task/task-name.ts'

export type DebugChoice = { readonly kind: 'continue' | 'quit' } | { readonly kind: 'redo', readonly site: Site }

/** Lets the person at the terminal look at a task that has ended, change its arguments and variables, and run it again. */
export async function debugTask(site: Site, end: HostEnd): Promise<DebugChoice> {
  const session = new Session(site, end)
  for (;;) {
    const line = await session.ask()
    if (line === undefined) return { kind: 'continue' }
    const choice = session.obey(line.trim())
    if (choice) return choice
  }
}

const HELP = [
  'p EXPRESSION            print task, task.args, task_vars, host or result, or any expression of them',
  "task.args['NAME'] = V   change an argument",
  "task_vars['NAME'] = V   change a variable",
  'r, redo                 run the task again',
  'c, continue             go on',
  'q, quit                 end the run',
].join('\n')

class Session {
  readonly #end: HostEnd
  #site: Site

  constructor(site: Site, end: HostEnd) {
    this.#site = site
    this.#end = end
  }

  /** Undefined where there is nobody to ask. */
  async ask(): Promise<string | undefined> {
    const { host, step: { frame }, play: { run: { request } } } = this.#site
    try {
      return await request.prompt({ text: `[${host}] TASK: ${frame.role ? `${frame.role.role.name} : ` : ''}${taskName(this.#site)} (debug)> `, echo: true })
    } catch (error) {
      const summary = `Cannot start the debugger: ${error instanceof Error ? error.message : String(error)}`
      this.#site.play.run.events.emit({ kind: 'warned', diagnostic: { code: 'debugger', severity: 'warning', summary } })
      return undefined
    }
  }

  obey(line: string): DebugChoice | undefined {
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? []
    const command = COMMANDS[word]
    if (command === undefined) this.#tell(word, rest, line)
    return command === 'redo' ? { kind: 'redo', site: this.#site } : command && { kind: command }
  }

  #tell(word: string, rest: string, line: string): void {
    if (word === 'p' || word === 'pprint') this.#guarded(() => { this.#say(reprOf(this.#value(rest))) })
    else if (word === 'h' || word === 'help' || word === '?') this.#say(HELP)
    else if (!['', 'u', 'update_task'].includes(word)) this.#guarded(() => { this.#assign(line) })
  }

  #assign(line: string): void {
    const [, target, , quoted, plain, text = ''] = /^(task\.args|task_vars|vars)(?:\[\s*(['"])(.+?)\2\s*\]|\.(\w+))\s*=(?!=)\s*(.+)$/s.exec(line) ?? []
    const name = quoted ?? plain
    if (name === undefined) return this.#say(`*** Unknown command: ${line}\n${HELP}`)
    const value = asSource(this.#value(text))
    this.#site = target === 'task.args' ? withArgument(this.#site, name, value) : withSpecial(this.#site, [[name, value]])
  }

  #value(expression: string): Value {
    const source = `{{ ${expression} }}`
    return this.#site.play.run.request.templar.evaluate(new TemplateString(source, sourceRange(source)), withSpecial(this.#site, this.#names()).scope)
  }

  #names(): [string, Value][] {
    const { step: { task }, host, scope } = this.#site
    const args: Dict = new Map([...task.args.named].map(([name, { value }]) => [name, value]))
    if (task.args.free) args.set('_raw_params', task.args.free.value)
    const told: Dict = new Map<Value, Value>([['name', taskName(this.#site)], ['action', task.module], ['args', args]])
    const result = fromJson(this.#end.end.result)
    const variables = new LazyDict({ keys: () => [...scope.names()], get: (name) => typeof name === 'string' ? scope.get(name) : undefined })
    return [['task', told], ['host', host], ['result', new Map<Value, Value>([['_result', result]])], ['task_vars', variables]]
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#say(`***${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)
    }
  }

  #say(text: string): void {
    this.#site.play.run.events.emit({ kind: 'displayed', text, verbosity: 0 })
  }
}

const COMMANDS: Readonly<Partial<Record<string, 'redo' | 'continue' | 'quit'>>> = { r: 'redo', redo: 'redo', c: 'continue', continue: 'continue', q: 'quit', quit: 'quit', EOF: 'quit' }

function withArgument(site: Site, name: string, value: Value): Site {
  const { step } = site
  const named = new Map<string, ArgumentValue>([...step.task.args.named, [name, { value, range: step.task.range }]])
  const changed = { ...site, step: { ...step, task: { ...step.task, args: { ...step.task.args, named } } } }
  return withSpecial(changed, [])
}

/** What the person at the terminal writes counts as source, as `-e` does. */
function asSource(value: Value): Value {
  return typeof value === 'string' && isTemplate(value) ? new TemplateString(value, sourceRange(value)) : value
}

function sourceRange(text: string): ConstructorParameters<typeof TemplateString>[1] {
  return { file: { path: '<debugger>', text }, start: 0, end: text.length }
}
