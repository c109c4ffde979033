import { commands, type CommandLine } from './control/commands.ts'
import { Lab } from './control/lab.ts'
import { labPaths } from './control/paths.ts'

interface Options {
  site?: string
  dir?: string
  from?: string
}

const optionNames: Readonly<Record<string, keyof Options>> = { '--site': 'site', '--dir': 'dir', '--to': 'from', '--from': 'from' }

/** Commands whose own arguments are another program's: only options before those are the lab's. */
const carriers = ['ssh', 'exec', 'net', 'in']

function parse(words: readonly string[]): { readonly name: string; readonly options: Options; readonly line: CommandLine } {
  const options: Options = {}
  const rest = [...words]
  const name = takeOptions(rest, options) ?? ''
  const args: string[] = []
  for (let word = takeOptions(rest, options); word !== undefined; word = carriers.includes(name) ? rest.shift() : takeOptions(rest, options)) args.push(word)
  return { name, options, line: { args, ...(options.from === undefined ? {} : { from: options.from }) } }
}

/** Takes leading options; returns the first word that is none. */
function takeOptions(rest: string[], options: Options): string | undefined {
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [flag = '', value] = word.split(/=(.*)/s)
    const option = optionNames[flag]
    if (option === undefined) return word
    const given = value ?? rest.shift()
    if (given === undefined) throw new Error(`${flag} needs a value`)
    options[option] = given
  }
  return undefined
}

async function main(): Promise<number> {
  const { name, options, line } = parse(process.argv.slice(2))
  const command = commands[name]
  if (!command) throw new Error(`usage: npm run lab -- ${Object.keys(commands).join('|')} [--site SITE] [--dir DIR] ...`)
  return command(new Lab(labPaths(options)), line)
}

// a reader such as head may leave early
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main().catch((failure: unknown) => {
  console.error(`lab: ${failure instanceof Error ? failure.message : String(failure)}`)
  // 1 is an answer: a lab that is down, snapshots that differ
  return 2
})
