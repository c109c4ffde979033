import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionError, type Channel, type Connection } from '../../connection/connection.ts'
import type { Become } from '../session.ts'
import { becomeCommand, type BecomeCommand } from './become-command.ts'
import { TAKE_WIRES, wired } from './wires.ts'

export interface BecomeOptions {
  readonly host: string
  /** Seconds. */
  readonly timeout: number
}

interface Attempt extends BecomeOptions {
  readonly channel: Channel
  readonly become: Become
  readonly success: string
  readonly asks: BecomeCommand['asks']
}

type Outcome = { readonly kind: 'success' } | { readonly kind: 'failure', readonly reason: string }

/** How long the last words of a program that has ended are waited for, in milliseconds. */
const LAST_WORDS = 5000

/** Starts a shell as another user on a channel of its own; rejects with a `become` error when that is refused or not answered in time. */
export async function becomeUser(connection: Connection, become: Become, options: BecomeOptions): Promise<Channel> {
  const attempt = (way: 'plain' | 'terminal'): Promise<Became> => tryToBecome(connection, become, { ...options, way })
  // doas reads passwords from a terminal only.
  const first = await attempt(become.method === 'doas' && become.password !== undefined ? 'terminal' : 'plain')
  const last = first.kind === 'failure' && WANTS_TERMINAL.test(first.reason) ? await attempt('terminal') : first
  if (last.kind === 'success') return last.channel
  throw new ConnectionError('become', `Cannot become ${become.user} on ${options.host} by ${become.method}: ${last.reason}`)
}

/** What programs say that are set up to work on a terminal only. */
const WANTS_TERMINAL = /must have a tty|a tty is required|must be run from a terminal|no tty present/i

type Became = { readonly kind: 'success', readonly channel: Channel } | { readonly kind: 'failure', readonly reason: string }

/** A terminal mixes and changes what goes through it, so it is for the question alone: the new shell then takes wires of its own. */
async function tryToBecome(connection: Connection, become: Become, options: BecomeOptions & { readonly way: 'plain' | 'terminal' }): Promise<Became> {
  const secret = randomBytes(12).toString('hex')
  const success = `tsplay-${secret}`
  const terminal = options.way === 'terminal'
  const { command, asks } = becomeCommand(become, { success, prompt: `[tsplay ${secret}] password: `, then: terminal ? TAKE_WIRES : 'exec /bin/sh' })
  const channel = await connection.start(command, { terminal })
  const outcome = await negotiate({ ...options, channel, become, success, asks })
  if (outcome.kind === 'success') return { kind: 'success', channel: terminal ? await wired(connection, channel, options.timeout) : channel }
  channel.kill()
  return outcome
}

/** Answers the question for a password once; a second one means that it was wrong. */
async function negotiate(attempt: Attempt): Promise<Outcome> {
  const { channel, become } = attempt
  let timer: NodeJS.Timeout | undefined
  let said = ''
  let answered = false
  let isOpen = true
  try {
    return await new Promise<Outcome>((resolve) => {
      const fail = (reason: string): void => { resolve({ kind: 'failure', reason }) }
      timer = setTimeout(() => { fail(`no answer within ${attempt.timeout} s${lastLine(said)}`) }, attempt.timeout * 1000)
      const listen = (chunk: Buffer): void => {
        said += chunk.toString('utf8')
        if (said.includes(attempt.success)) return resolve({ kind: 'success' })
        if (!attempt.asks(said)) return
        if (become.password === undefined) return fail('a password is required, and none is given')
        if (answered) return fail('the password is wrong')
        answered = true
        said = ''
        channel.stdin.write(`${become.password}\n`)
      }
      channel.stdout.on('data', listen)
      channel.stderr.on('data', listen)
      void channel.ended.then(async (end) => {
        if (!isOpen) return
        // What the program said last may still be on its way.
        await Promise.race([Promise.allSettled([channel.stdout, channel.stderr].map(ended)), delay(LAST_WORDS)])
        fail(end.kind === 'lost' && said.trim() === '' ? end.reason : reasonOf(said, answered))
      })
    })
  } finally {
    isOpen = false
    clearTimeout(timer)
    channel.stdout.removeAllListeners('data')
    channel.stderr.removeAllListeners('data')
  }
}

function ended(stream: Readable): Promise<unknown> {
  return stream.readableEnded ? Promise.resolve() : once(stream, 'end')
}

function reasonOf(said: string, answered: boolean): string {
  const text = said.trim()
  if (text !== '') return text
  return answered ? 'the password is wrong' : 'the program ended without a word'
}

function lastLine(said: string): string {
  const line = said.trim().split('\n').at(-1) ?? ''
  return line === '' ? '' : `; it said last: ${line}`
}
