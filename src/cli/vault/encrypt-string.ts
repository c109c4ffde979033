import { readContent, STANDARD, writeContent } from './content.ts'
import { askLine, askSecret } from '../ask-secret.ts'
import { badOptions, vaultToWrite, type VaultJob } from './vault-job.ts'

/** A text to encrypt, and where it is from. */
interface PlainText {
  readonly bytes: Uint8Array
  readonly source: 'stdin' | 'the command line args' | 'the interactive prompt'
  readonly name: string | undefined
}

const INDENT = ' '.repeat(10)

/** Encrypts texts of the command line, of standard input or typed ones, as YAML to paste into a file. */
export async function encryptString(job: VaultJob): Promise<void> {
  checkOptions(job)
  const { vault, secret } = await vaultToWrite(job)
  const texts = await plainTexts(job)
  const blocks = texts.map(({ bytes, name }) => yamlBlock(vault.encrypt(bytes, secret, secret.label), name))
  if (texts.length > 1) for (const line of texts.map(heading)) process.stderr.write(line)
  writeContent(job.flags.output ?? STANDARD, Buffer.from(blocks.join('')))
}

function checkOptions({ args, flags }: VaultJob): void {
  if (flags.prompt && readsInput(args, flags)) throw badOptions('The --prompt option is not supported if also reading input from stdin')
}

function readsInput(args: readonly string[], { stdinName, prompt }: VaultJob['flags']): boolean {
  return args.includes(STANDARD) || stdinName !== undefined || (args.length === 0 && prompt !== true)
}

async function plainTexts({ args, flags }: VaultJob): Promise<readonly PlainText[]> {
  const words = args.filter((arg) => arg !== STANDARD)
  const texts = [
    ...flags.prompt ? [await typedText(flags.showInput === true)] : [],
    ...readsInput(args, flags) ? [inputText(flags.stdinName)] : [],
    ...words.map((word, index): PlainText => ({ bytes: Buffer.from(word, 'utf8'), source: 'the command line args', name: flags.name?.[index] })),
  ]
  const empty = texts.find(({ bytes }) => bytes.length === 0)
  if (empty !== undefined) throw badOptions(empty.source === 'stdin' ? 'stdin was empty, not encrypting' : `The plaintext provided from ${empty.source} was empty, not encrypting`)
  warnOfNames(words.length, flags.name ?? [])
  return texts
}

function inputText(name: string | undefined): PlainText {
  if (process.stdin.isTTY === true) process.stderr.write('Reading plaintext input from stdin. (ctrl-d to end input, twice if your content does not already have a newline)\n')
  return { bytes: readContent(STANDARD), source: 'stdin', name }
}

async function typedText(isShown: boolean): Promise<PlainText> {
  const name = await askLine('Variable name (enter for no name): ')
  const text = isShown ? await askLine('String to encrypt:') : await askSecret('String to encrypt (hidden): ')
  return { bytes: Buffer.from(text, 'utf8'), source: 'the interactive prompt', name: name === '' ? undefined : name }
}

/** Without the texts: those are not to be shown. */
function warnOfNames(words: number, names: readonly string[]): void {
  if (names.length === 0 || words <= names.length) return
  process.stderr.write(`The number of --name options do not match the number of args.\nThe last named variable will be "${names.at(-1)}". The rest will not have names.\n`)
}

function yamlBlock(text: string, name: string | undefined): string {
  const lines = text.trimEnd().split('\n').map((line) => `${INDENT}${line}\n`)
  return `${name === undefined ? '' : `${name}: `}!vault |\n${lines.join('')}`
}

function heading({ name, source }: PlainText, index: number): string {
  return name === undefined
    ? `# The encrypted version of the string #${index + 1} from ${source}.)\n`
    : `# The encrypted version of variable ("${name}", the string #${index + 1} from ${source}).\n`
}
