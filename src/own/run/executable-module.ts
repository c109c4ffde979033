import type { Config } from '../../config/config.ts'
import { defineAction } from '../../module/define-module.ts'
import type { Module } from '../../module/module.ts'
import { fromJson } from '../../value/json.ts'
import type { Dict } from '../../value/value.ts'
import type { FoundModule } from '../found-module.ts'
import { internalArguments } from '../internal-arguments.ts'
import type { Executable } from './run-executable.ts'
import { shebangOf } from './shebang.ts'

export interface ExecutableParts {
  readonly config: Config
  readonly style: Executable['style']
  /** What modules are told of the version of Ansible. */
  readonly version: string
}

/** A module that is a program of any kind. In check mode it is run only when its text shows that it would know. */
export function executableModule({ name, path, content }: FoundModule, { config, style, version }: ExecutableParts): Module {
  return defineAction({
    name,
    summary: 'A module that is a program of its own.',
    where: 'host',
    check: content.includes('_ansible_check_mode') ? 'tell' : 'predict',
    acceptsAnyArgument: true,
    hasOwnSpec: true,
    args: {},
    examples: [],
    obstacle: () => style === 'binary' || shebangOf(content).length > 0 ? undefined
      : { summary: `Cannot use module ${name}: the first line of ${path} names no program to run it`, hint: 'Let it begin with #!/bin/sh or the like' },
    run: async (_args, { remote, controller: { task, verbosity } }) => {
      if (task === undefined) throw new Error('A module of one\'s own needs a task to run for')
      const internal = Object.entries(internalArguments({ config, task, name, version, verbosity }))
      const args: Dict = new Map([...task.values, ...internal.map(([key, value]) => [key, fromJson(value)] as const)])
      const { runExecutable } = await import('./run-executable.ts')
      return runExecutable({ config, task, remote, name, content, style, args, version })
    },
  })
}
