import { createRequire } from 'node:module'

interface Bcrypt {
  hashSync(password: string, salt: string): string
}

export interface BcryptOptions {
  /** 22 characters. */
  readonly salt: string
  readonly rounds: number
  /** Which version of the format: 2a, 2b or 2y. */
  readonly ident: string
}

/** The blowfish hash of a password. */
export function bcrypt(password: string, { salt, rounds, ident }: BcryptOptions): string {
  const { hashSync } = createRequire(import.meta.url)('bcryptjs') as Bcrypt
  return hashSync(password, `$${ident}$${String(rounds).padStart(2, '0')}$${salt}`)
}
