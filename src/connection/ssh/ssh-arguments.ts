import { argumentWords } from '../argument-words.ts'
import { ConnectionError } from '../connection.ts'
import { parseOption, type SshOptions } from './ssh-config.ts'

export interface SshArguments {
  /** From `-o`, `-p`, `-l`, `-i` and `-J`, in their order. */
  readonly options: SshOptions
  /** From `-F`. */
  readonly configFile?: string
}

/** Which option each flag stands for; the flags of `IGNORED` say how ssh itself should work, which has no meaning here. */
const FLAGS: Readonly<Record<string, string>> = { p: 'port', l: 'user', i: 'identityfile', J: 'proxyjump' }
const IGNORED = new Set(['4', '6', 'A', 'a', 'C', 'f', 'G', 'g', 'K', 'k', 'M', 'N', 'n', 'q', 's', 'T', 't', 'v', 'X', 'x', 'Y', 'y'])
const IGNORED_WITH_VALUE = new Set(['B', 'b', 'c', 'E', 'e', 'I', 'm', 'S'])
const WITH_VALUE = new Set(['o', 'F', ...Object.keys(FLAGS), ...IGNORED_WITH_VALUE])

/** One text of `ssh_args`, `ssh_common_args` and `ssh_extra_args`, in this order; undefined where none is given. */
export function joinSshArguments(parts: readonly (string | undefined)[]): string | undefined {
  const text = parts.filter((part) => part !== undefined && part !== '').join(' ')
  return text === '' ? undefined : text
}

/** Reads the command-line options of ssh as people have them in `ansible_ssh_common_args`. */
export function parseSshArguments(text: string): SshArguments {
  const words = argumentWords(text)
  const options = new Map<string, string[]>()
  let configFile: string | undefined
  for (let index = 0; index < words.length; index++) {
    const { flag, inline } = readFlag(words[index] ?? '')
    if (IGNORED.has(flag)) continue
    const value = inline === '' ? words[++index] : inline
    if (value === undefined) throw unsupported(`-${flag} without a value`)
    if (flag === 'F') configFile = value
    else if (!IGNORED_WITH_VALUE.has(flag)) add(options, flag, value)
  }
  return { options, ...(configFile === undefined ? {} : { configFile }) }
}

function readFlag(word: string): { readonly flag: string, readonly inline: string } {
  const [dash, flag = ''] = word
  if (dash !== '-' || !(IGNORED.has(flag) || WITH_VALUE.has(flag))) throw unsupported(word)
  return { flag, inline: word.slice(2) }
}

function add(options: Map<string, string[]>, flag: string, value: string): void {
  const option = flag === 'o' ? parseOption(value) : { name: FLAGS[flag] ?? '', values: [value] }
  if (option === undefined) throw unsupported(`-o ${value}`)
  const found = options.get(option.name)
  if (found === undefined) options.set(option.name, [...option.values])
  else if (option.name === 'identityfile') found.push(...option.values)
}

function unsupported(what: string): ConnectionError {
  return new ConnectionError('unsupported', `Cannot use the ssh argument ${what}: only -o, -F, -J, -i, -p and -l are understood`)
}
