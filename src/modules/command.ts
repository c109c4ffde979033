import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import { affectedBy, touchedBy } from './system/command/affected.ts'
import { affectsArgument, guardArguments, streamArguments } from './system/command/arguments.ts'
import { guardedResult, guardReads, isGuarded } from './system/command/guard.ts'
import { predictCommand, runCommand, type UserCommand } from './system/command/run.ts'
import { splitWords } from './system/command/split-words.ts'
import { stdinBytes } from './system/command/stdin.ts'
import { execWords } from './system/command/words.ts'

/** `ansible.builtin.command`: one program with its words, without a shell's expansions. */
export const command = defineAction({
  name: 'command',
  summary: 'Run a program.',
  where: 'host',
  check: 'predict',
  detaches: 'words',
  freeForm: 'cmd',
  args: {
    cmd: { type: 'str', aliases: ['_raw_params', 'free_form'], description: 'Command line, split into words as a shell does but with nothing expanded except `$NAME` and a leading `~`.' },
    argv: { type: 'list', elements: 'str', description: 'The words themselves.' },
    ...guardArguments,
    ...streamArguments,
    ...affectsArgument,
    executable: { type: 'str', description: 'Accepted and ignored, as Ansible does; use `shell` to choose a shell.' },
    expand_argument_vars: { type: 'bool', default: true, description: 'Whether `$NAME` and a leading `~` in words are expanded by the host.' },
    warn: { type: 'bool', description: 'Accepted and ignored.' },
  },
  examples: [
    { name: 'Ask a daemon to read its configuration again', args: { cmd: 'rndc reload', affects: [] }, again: 'what a command does is its own business' },
    { name: 'Make a key once', args: { argv: ['ssh-keygen', '-q', '-N', '', '-f', '/root/.ssh/id_ed25519'], creates: '/root/.ssh/id_ed25519' } },
  ],
  touches: (args) => touchedBy(args.affects, args),
  observe: guardReads,
  run: async (args, { remote }) => {
    const wanted = request(args)
    return warned(args, await guardedResult(args, remote, wanted) ?? await runCommand(wanted, remote))
  },
  predict: async (args, { remote }) => {
    const wanted = request(args)
    return await guardedResult(args, remote, { ...wanted, predicted: true }) ?? await predictCommand({ ...wanted, effects: touchedBy(args.affects, args) }, remote)
  },
})

interface CommandArguments {
  readonly creates: string | undefined
  readonly removes: string | undefined
  readonly cmd: string | undefined
  readonly argv: readonly string[] | undefined
  readonly chdir: string | undefined
  readonly stdin: string | undefined
  readonly stdin_add_newline: boolean
  readonly strip_empty_ends: boolean
  readonly affects: readonly string[] | undefined
  readonly expand_argument_vars: boolean
}

function warned({ executable }: { readonly executable: string | undefined }, result: ModuleResult): ModuleResult {
  if (executable === undefined) return result
  return { ...result, fields: { ...result.fields, warnings: [`The parameter 'executable' is no longer supported with 'command': '${executable}' is not used`] } }
}

function request(args: CommandArguments): UserCommand {
  const words = commandWords(args)
  return {
    cmd: words,
    request: {
      script: execWords(words, { expand: args.expand_argument_vars }),
      ...stdinBytes(args),
      ...args.chdir === undefined ? {} : { directory: args.chdir },
    },
    effects: affectedBy(args.affects),
    strip: args.strip_empty_ends,
    guarded: isGuarded(args),
    timed: true,
  }
}

function commandWords({ cmd, argv }: CommandArguments): readonly string[] {
  if (cmd !== undefined && argv !== undefined) throw new ModuleFailure('only command or argv can be given, not both', { rc: 256 })
  const words = cmd === undefined ? argv ?? [] : splitWords(cmd)
  if (words.length === 0) throw new ModuleFailure('no command given', { rc: 256 })
  return words
}
