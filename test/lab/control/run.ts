import { spawn, spawnSync, type StdioOptions } from 'node:child_process'

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

/** Runs a command; resolves to its standard output, or rejects with what it said on both. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    const errors: Buffer[] = []
    child.stdout.on('data', (data: Buffer) => output.push(data))
    child.stderr.on('data', (data: Buffer) => errors.push(data))
    child.on('error', reject)
    child.stdin.on('error', () => undefined)
    child.on('close', (status, signal) => {
      const text = Buffer.concat(output).toString()
      if (status === 0) resolve(text)
      else reject(new Error(`${command} ${args.slice(0, 6).join(' ')}: ended with ${signal ?? String(status)}\n${text}${Buffer.concat(errors).toString()}`.trim()))
    })
    child.stdin.end(options.input ?? '')
  })
}

/** Runs a command on this terminal; returns its exit status. */
export function runHere(command: string, args: readonly string[], stdio: StdioOptions = 'inherit'): number {
  const { status, error } = spawnSync(command, args, { stdio })
  if (error) throw error
  return status ?? 1
}

/** Calls `work` for every item, `limit` at a time; rejects with the first failure once those under way have ended. */
export async function eachOf<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && failures.length === 0; item = queue.shift()) {
      await work(item).catch((failure: unknown) => failures.push(failure))
    }
  }
  await Promise.all(Array.from({ length: limit }, worker))
  if (failures.length > 0) throw failures[0]
}

export const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
