import type { Command } from 'commander'

/** Names that Ansible knows options by as well. */
const ALIASES: Readonly<Partial<Record<string, string>>> = { '--inventory-file': '--inventory', '--vault-pass-file': '--vault-password-file' }

/** The arguments with options written out: beginnings that only one option has, and other names, stand for the option, as Python's argparse has it. */
export function wholeNames(argv: readonly string[], program: Command): readonly string[] {
  const command = commandOf(argv.slice(2), program)
  const known = command.options.flatMap(({ long, short }) => [long, short]).filter((name) => name?.startsWith('--')).map(String)
  const end = argv.indexOf('--')
  return argv.map((word, index) => end !== -1 && index >= end ? word : wholeName(word, [...known, '--help', '--version']))
}

function wholeName(word: string, known: readonly string[]): string {
  const [, name, rest = ''] = /^(--[\w-]+)(=.*)?$/s.exec(word) ?? []
  if (name === undefined || known.includes(name)) return word
  const alias = ALIASES[name]
  if (alias !== undefined) return alias + rest
  const fitting = known.filter((option) => option.startsWith(name))
  return fitting.length === 1 ? `${fitting[0] ?? name}${rest}` : word
}

/** The command, or the command of a command, that the first words name. */
function commandOf(words: readonly string[], program: Command): Command {
  const [first, ...rest] = words
  const found = program.commands.find((command) => command.name() === first)
  return found ? commandOf(rest, found) : program
}
