import type { Config } from '../../config/config.ts'
import type { TaskTraits } from '../../module/controller.ts'
import { interpretersFor } from '../python/interpreters.ts'

/** Who runs a file: one of several programs, the first that is there, with its first words. */
export interface Interpreter {
  readonly programs: readonly string[]
  readonly words: readonly string[]
}

/** The words of a script's first line, or none. */
export function shebangOf(content: Buffer): readonly string[] {
  const line = content.toString('latin1', 0, 1024).split('\n')[0] ?? ''
  return line.startsWith('#!') ? line.slice(2).trim().split(/\s+/).filter((word) => word !== '') : []
}

/** What stands in for the program of the first line: `ansible_ruby_interpreter` for any `ruby`. */
export function interpreterOf(shebang: readonly string[], given: { readonly config: Config, readonly task: TaskTraits }): Interpreter {
  const [program = '', ...words] = shebang
  const name = program.split('/').at(-1) ?? ''
  if (name === 'python') return { programs: interpretersFor(given), words }
  const wanted = given.task.variable(`ansible_${name}_interpreter`)
  return { programs: [typeof wanted === 'string' && wanted.trim() !== '' ? wanted.trim() : program], words }
}
