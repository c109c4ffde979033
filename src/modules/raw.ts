import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { affectedBy } from './system/command/affected.ts'
import { affectsArgument } from './system/command/arguments.ts'
import { predictCommand, runCommand, type UserCommand } from './system/command/run.ts'

/** `ansible.builtin.raw`: a command line as it stands. Here nothing needs Python anyway, so it differs from `shell` only in its result. */
export const raw = defineAction({
  name: 'raw',
  summary: 'Run a command line as it stands.',
  where: 'host',
  check: 'predict',
  refusesAsync: true,
  freeForm: 'cmd',
  args: {
    cmd: { type: 'str', aliases: ['_raw_params', 'free_form'], description: 'Shell source.' },
    executable: { type: 'path', description: 'Absolute path of the shell.' },
    ...affectsArgument,
  },
  examples: [{ name: 'Install a program on a bare host', args: { cmd: 'apt-get install -y rsync' }, again: 'what a command does is its own business' }],
  run: async (args, { remote }) => await runCommand(request(args), remote),
  predict: async (args, { remote }) => await predictCommand(request(args), remote),
})

interface RawArguments {
  readonly cmd: string | undefined
  readonly executable: string | undefined
  readonly affects: readonly string[] | undefined
}

function request({ cmd, executable, affects }: RawArguments): UserCommand {
  if (cmd === undefined || cmd.trim() === '') throw new ModuleFailure('no command given', { rc: 256 })
  return {
    request: { script: cmd, ...executable === undefined ? {} : { executable } },
    effects: affectedBy(affects),
    strip: false,
    timed: false,
  }
}
