import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'
import { affectedBy, touchedBy } from './system/command/affected.ts'
import { affectsArgument, guardArguments } from './system/command/arguments.ts'
import { guardedResult, guardReads, isGuarded, type Guards } from './system/command/guard.ts'
import { predictCommand, runCommand, type UserCommand } from './system/command/run.ts'
import { splitWords } from './system/command/split-words.ts'

/** `ansible.builtin.script`: a script of the control host, run on the host. It travels with the command, in one round trip. */
export const script = defineAction({
  name: 'script',
  summary: 'Run a script of the control host on the host.',
  where: 'host',
  check: 'predict',
  refusesAsync: true,
  freeForm: 'cmd',
  args: {
    cmd: { type: 'str', aliases: ['_raw_params', 'free_form'], description: 'Script in `files/` or beside the playbook, and its arguments.' },
    executable: { type: 'str', description: 'Program that runs it, in place of the one its first line names.' },
    decrypt: { type: 'bool', default: true, description: 'Whether what is encrypted by vault arrives decrypted.' },
    ...guardArguments,
    ...affectsArgument,
  },
  constraints: { oneOf: [['cmd']] },
  examples: [{ name: 'Set up a disk once', args: { cmd: 'partition.sh --label data', creates: '/srv/data' } }],
  observe: guardReads,
  run: async (args, context) => {
    return await heldResult(args, context) ?? await runCommand(await request(args, context), context.remote)
  },
  predict: async (args, context) => {
    return await heldResult(args, context) ?? await predictCommand({ ...await request(args, context), effects: touchedBy(args.affects, args) }, context.remote)
  },
})

interface ScriptArguments {
  readonly creates: string | undefined
  readonly removes: string | undefined
  readonly cmd: string | undefined
  readonly executable: string | undefined
  readonly chdir: string | undefined
  readonly decrypt: boolean
  readonly affects: readonly string[] | undefined
}

// Here it counts as skipped, unlike for `command`.
async function heldResult(args: Guards, { remote }: ActionContext): Promise<ModuleResult | undefined> {
  const held = await guardedResult(args, remote)
  if (held === undefined) return undefined
  const reason = args.creates !== undefined ? `${args.creates} exists, matching creates option` : `${args.removes ?? ''} does not exist, matching removes option`
  return { changed: false, skipped: true, msg: reason }
}

async function request(args: ScriptArguments, { controller }: ActionContext): Promise<UserCommand> {
  const [name, ...words] = splitWords(args.cmd ?? '')
  if (name === undefined) throw new ModuleFailure('no command given', { rc: 256 })
  const content = await controller.readFile(controller.findFile(name, 'files'), { decrypt: args.decrypt })
  return {
    cmd: args.cmd ?? '',
    request: {
      script: runFromStdin(args.executable, words, args.chdir),
      stdin: content,
    },
    effects: affectedBy(args.affects),
    strip: false,
    guarded: isGuarded(args),
    timed: false,
  }
}

// The script's own standard input is empty, since its text has been read from it.
function runFromStdin(executable: string | undefined, words: readonly string[], folder: string | undefined): string {
  const program = executable === undefined ? '"$f"' : `${executable} "$f"`
  return [
    'f=$(mktemp) || exit',
    "trap 'rm -f -- \"$f\"' EXIT",
    'cat >"$f" && chmod 700 "$f" || exit',
    ...folder === undefined ? [] : [`cd -P -- ${quote(folder)} || exit`],
    `${program} ${quoteAll(words)}`,
    'exit $?',
  ].join('\n')
}
