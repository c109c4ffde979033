import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

const HASHED = /^(?:md5[0-9a-f]{32}|SCRAM-SHA-256\$\d+:[^$]+\$[^:]+:.+)$/

/** Whether a text is what a server keeps rather than a password. */
function isHashed(password: string): boolean {
  return HASHED.test(password)
}

interface Role {
  readonly role: string
  readonly password: string
}

/** Whether what the server keeps of a role's password belongs to this password, which may be hashed already. Empty is none. */
export function keeps(stored: string | null, { role, password }: Role): boolean {
  if (password === '') return stored === null
  if (stored === null) return false
  if (isHashed(password) || !isHashed(stored)) return stored === password
  return stored.startsWith('md5') ? stored === md5({ role, password }) : fitsScram(stored, password)
}

function fitsScram(stored: string, password: string): boolean {
  const [, iterations = '', salt = '', storedKey = ''] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/.exec(stored) ?? []
  const expected = Buffer.from(storedKey, 'base64')
  const { storedKey: key } = scramKeys(password, Buffer.from(salt, 'base64'), Number(iterations))
  return expected.length === key.length && timingSafeEqual(expected, key)
}

/** What the server keeps of a password: hashed here, so that the password itself never travels nor gets into the server's log. */
export function storedForm({ role, password }: Role, encryption: string): string {
  if (isHashed(password)) return password
  return encryption === 'scram-sha-256' ? scram(password) : md5({ role, password })
}

function md5({ role, password }: Role): string {
  return `md5${createHash('md5').update(password + role).digest('hex')}`
}

const ITERATIONS = 4096

function scram(password: string): string {
  const salt = randomBytes(16)
  const { storedKey, serverKey } = scramKeys(password, salt, ITERATIONS)
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey.toString('base64')}:${serverKey.toString('base64')}`
}

/** RFC 5802; of SASLprep what matters to letters: spaces and compatibility forms. */
function scramKeys(password: string, salt: Buffer, iterations: number): { readonly storedKey: Buffer, readonly serverKey: Buffer } {
  const prepared = password.replace(/[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g, ' ').replace(/\u00AD/g, '').normalize('NFKC')
  const salted = pbkdf2Sync(prepared, salt, iterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  return { storedKey: createHash('sha256').update(clientKey).digest(), serverKey: createHmac('sha256', salted).update('Server Key').digest() }
}
