import { readFileSync } from 'node:fs'
import type { KeyboardInteractiveAuthMethod as KeyboardInteractive, AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware, NextAuthHandler } from 'ssh2'
import { privateKeyOf, type ParseKey } from './private-key.ts'
import type { SshSettings } from './ssh-settings.ts'

/** One thing to try; `make` is called when its turn comes and says why it cannot be tried, or nothing when it is just not there. */
interface Attempt {
  readonly type: AuthenticationType
  readonly make: () => AnyAuthMethod | string | undefined
}

export interface Authentication {
  readonly handler: AuthHandlerMiddleware
  /** What was tried and what could not be, for the error message. */
  readonly story: () => string
}

/** Tries keys, agent, password and keyboard-interactive, in that order, as far as the server allows them. */
export function authentication(settings: SshSettings, parseKey: ParseKey): Authentication {
  const attempts = attemptsFor(settings, parseKey)
  const story: string[] = []
  const next = (allowed: readonly AuthenticationType[] | null): AnyAuthMethod | undefined => {
    for (let attempt = attempts.shift(); attempt !== undefined; attempt = attempts.shift()) {
      if (allowed !== null && !allowed.includes(protocolName(attempt.type))) continue
      const method = attempt.make()
      if (typeof method === 'string') story.push(method)
      else if (method !== undefined) return method
    }
    return undefined
  }
  return {
    handler: (allowed: readonly AuthenticationType[] | null, _partial, callback: NextAuthHandler) => {
      const method = next(allowed)
      if (method !== undefined) story.push(`tried ${method.type}`)
      // At run time ssh2 takes false as the end of the list; its types have only the methods.
      ;(callback as (next: AnyAuthMethod | false) => void)(method ?? false)
    },
    story: () => (story.length === 0 ? 'there is no key, agent or password to try' : story.join(', ')),
  }
}

function attemptsFor(settings: SshSettings, parseKey: ParseKey): Attempt[] {
  const { user, password, agentSocket } = settings
  const attempts = [...givenKeyAttempts(settings, parseKey), ...settings.identityFiles.map((file) => keyAttempt(settings, file, parseKey))]
  if (agentSocket !== undefined && !settings.identitiesOnly) attempts.push({ type: 'agent', make: () => ({ type: 'agent', username: user, agent: agentSocket }) })
  if (password !== undefined) {
    attempts.push({ type: 'password', make: () => ({ type: 'password', username: user, password }) })
    attempts.push({ type: 'keyboard-interactive', make: () => ({ type: 'keyboard-interactive', username: user, prompt: answerWith(password) }) })
  }
  // Some servers let a user in without any proof.
  attempts.push({ type: 'none', make: () => ({ type: 'none', username: user }) })
  return attempts
}

function givenKeyAttempts({ user, privateKey, passphrase }: SshSettings, parseKey: ParseKey): Attempt[] {
  if (privateKey === undefined) return []
  const make = (): AnyAuthMethod | string => {
    const key = privateKeyOf(privateKey, passphrase, parseKey)
    return typeof key === 'string' ? key : { type: 'publickey', username: user, key }
  }
  return [{ type: 'publickey', make }]
}

function keyAttempt(settings: SshSettings, file: string, parseKey: ParseKey): Attempt {
  return {
    type: 'publickey',
    make: () => {
      const data = readKey(file)
      if (data === undefined) return settings.identityRequired ? `cannot read the key ${file}` : undefined
      const parsed = parseKey(data, settings.passphrase)
      const key = Array.isArray(parsed) ? parsed[0] : parsed
      if (key === undefined || key instanceof Error) return `cannot use the key ${file}: ${key?.message ?? 'it is empty'}`
      return { type: 'publickey', username: settings.user, key }
    },
  }
}

function readKey(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** A server that asks several questions, such as for a one-time code, cannot be answered with a password alone. */
function answerWith(password: string): KeyboardInteractive['prompt'] {
  return (...request) => {
    const [prompts, finish] = [request[3], request[4]]
    finish(prompts.map(() => password))
  }
}

function protocolName(type: AuthenticationType): AuthenticationType {
  return type === 'agent' ? 'publickey' : type
}
