import type { ActionModule, Module } from '../../src/module/module.ts'

/** A task that does something for the test, in the midst of a run. */
export function helperModule(name: string, work: (argument: string) => Promise<void>): Module {
  const args = { name: { type: 'str', required: true, description: 'What it is about.' } } as const
  const module: ActionModule<typeof args> = {
    kind: 'action', where: 'controller', check: 'run', name, summary: 'Helps a test.', args, examples: [],
    run: async ({ name: argument }) => {
      await work(argument)
      return { changed: false }
    },
  }
  return module as unknown as Module
}
