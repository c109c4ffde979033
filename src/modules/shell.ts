import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { affectedBy, touchedBy } from './system/command/affected.ts'
import { affectsArgument, guardArguments, streamArguments } from './system/command/arguments.ts'
import { guardedResult, guardReads, isGuarded } from './system/command/guard.ts'
import { predictCommand, runCommand, type UserCommand } from './system/command/run.ts'
import { stdinBytes } from './system/command/stdin.ts'

/** `ansible.builtin.shell`: a command line for the host's shell. */
export const shell = defineAction({
  name: 'shell',
  summary: 'Run a command line in a shell.',
  where: 'host',
  check: 'predict',
  detaches: 'line',
  freeForm: 'cmd',
  args: {
    cmd: { type: 'str', aliases: ['_raw_params', 'free_form'], description: 'Shell source.' },
    executable: { type: 'path', description: 'Absolute path of the shell; default `/bin/sh`.' },
    ...guardArguments,
    ...streamArguments,
    ...affectsArgument,
    warn: { type: 'bool', description: 'Accepted and ignored.' },
  },
  refusals: { expand_argument_vars: 'Unsupported parameters for (shell) module: expand_argument_vars' },
  examples: [
    { name: 'Count sessions without changing anything', args: { cmd: 'who | wc -l', affects: [] }, again: 'what a command does is its own business, also where it is known to change no file' },
    { name: 'Use what only bash has', args: { cmd: 'diff <(sort a) <(sort b)', executable: '/bin/bash', chdir: '/srv' }, again: 'what a command does is its own business' },
  ],
  touches: (args) => touchedBy(args.affects, args),
  observe: guardReads,
  run: async (args, { remote }) => {
    const wanted = request(args)
    return await guardedResult(args, remote, wanted) ?? await runCommand(wanted, remote)
  },
  predict: async (args, { remote }) => {
    const wanted = request(args)
    return await guardedResult(args, remote, { ...wanted, predicted: true }) ?? await predictCommand({ ...wanted, effects: touchedBy(args.affects, args) }, remote)
  },
})

interface ShellArguments {
  readonly creates: string | undefined
  readonly removes: string | undefined
  readonly cmd: string | undefined
  readonly executable: string | undefined
  readonly chdir: string | undefined
  readonly stdin: string | undefined
  readonly stdin_add_newline: boolean
  readonly strip_empty_ends: boolean
  readonly affects: readonly string[] | undefined
}

function request(args: ShellArguments): UserCommand {
  if (args.cmd === undefined || args.cmd.trim() === '') throw new ModuleFailure('no command given', { rc: 256 })
  return {
    cmd: args.cmd,
    request: {
      script: args.cmd,
      ...stdinBytes(args),
      ...args.chdir === undefined ? {} : { directory: args.chdir },
      ...args.executable === undefined ? {} : { executable: args.executable },
    },
    effects: affectedBy(args.affects),
    strip: args.strip_empty_ends,
    guarded: isGuarded(args),
    timed: true,
  }
}
