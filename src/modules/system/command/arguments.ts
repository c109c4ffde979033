import type { ArgumentSpec } from '../../../module/argument-spec.ts'

/** What `command`, `shell` and `script` have in common. */
export const guardArguments = {
  chdir: { type: 'path', description: 'Folder to run in.' },
  creates: { type: 'path', description: 'Path or glob pattern: when something is there, nothing is run.' },
  removes: { type: 'path', description: 'Path or glob pattern: when nothing is there, nothing is run.' },
} as const satisfies ArgumentSpec

/** A tsplay extension of every module that runs a command of the user's. */
export const affectsArgument = {
  affects: {
    type: 'list', elements: 'str',
    description: 'What the command may change: absolute paths (with all below them) and observation keys such as `service:cron` or `package:*`.'
      + ' An empty list says that it changes nothing. Without it everything known about the host is forgotten, and is unknown in check mode.',
  },
} as const satisfies ArgumentSpec

/** What `command` and `shell` have in common besides. */
export const streamArguments = {
  stdin: { type: 'str', description: 'Text for the standard input.' },
  stdin_add_newline: { type: 'bool', default: true, description: 'Whether a newline ends the text of `stdin`.' },
  strip_empty_ends: { type: 'bool', default: true, description: 'Whether newlines at the end of `stdout` and `stderr` are dropped.' },
} as const satisfies ArgumentSpec
