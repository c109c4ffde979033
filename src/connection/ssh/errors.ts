import { ConnectionError, type ConnectionErrorKind } from '../connection.ts'
import type { SshSettings } from './ssh-settings.ts'

const KINDS: Readonly<Record<string, ConnectionErrorKind>> = {
  ECONNREFUSED: 'refused', EHOSTUNREACH: 'refused', ENETUNREACH: 'refused', EACCES: 'refused', EPERM: 'refused',
  ETIMEDOUT: 'timeout', ENOTFOUND: 'resolve', EAI_AGAIN: 'resolve', ECONNRESET: 'lost', EPIPE: 'lost',
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there', EHOSTUNREACH: 'there is no route to it', ENETUNREACH: 'there is no route to its network',
  ENOTFOUND: 'the name is not known', EAI_AGAIN: 'the name cannot be looked up now', ETIMEDOUT: 'it does not answer', ECONNRESET: 'the connection was reset',
}

/** What a failed TCP connection means. */
export function socketError(settings: SshSettings, error: NodeJS.ErrnoException): ConnectionError {
  const code = error.code ?? ''
  const reason = REASONS[code] ?? error.message
  return new ConnectionError(KINDS[code] ?? 'refused', `Cannot connect to ${settings.name} (${settings.address}:${settings.port}): ${reason}`, { cause: error })
}

/** What an error of ssh2 during the handshake means; `story` tells the login attempts. */
export function connectionError(settings: SshSettings, error: Error & { level?: string, code?: unknown }, story: string): ConnectionError {
  const where = `${settings.user}@${settings.address}:${settings.port}`
  if (error.level === 'client-authentication') {
    return new ConnectionError('authentication', `Cannot log in to ${settings.name} as ${where}: ${story}`, { cause: error })
  }
  if (error.level === 'client-timeout') {
    return new ConnectionError('timeout', `Cannot connect to ${settings.name} (${where}): no answer within ${settings.timeout} s`, { cause: error })
  }
  if (error.level === 'client-socket' && typeof error.code === 'string') return socketError(settings, error as NodeJS.ErrnoException)
  return new ConnectionError('lost', `Cannot connect to ${settings.name} (${where}): ${error.message}`, { cause: error })
}
