import { createHash, timingSafeEqual } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import { bcrypt } from '../../../template/filters/password/bcrypt.ts'
import { md5Crypt } from '../../../template/filters/password/md5-crypt.ts'
import { randomSalt } from '../../../template/filters/password/salt.ts'
import { shaCrypt } from '../../../template/filters/password/sha-crypt.ts'

const APACHE = '$apr1$'

/** A fresh hash as a password file keeps it. */
export function passwordHashFor(scheme: string, password: string): string {
  const make = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined
  if (make === undefined) throw new ModuleFailure(`hash_scheme is ${scheme}, and must be one of: ${Object.keys(SCHEMES).join(', ')}`)
  return make(password)
}

/** Whether a hash, of whatever scheme, is that of a password. */
export function isHashOf(hash: string, password: string): boolean {
  const made = remade(hash, password)
  return made.length === hash.length && timingSafeEqual(Buffer.from(made), Buffer.from(hash))
}

const blowfish = (password: string): string => bcrypt(password, { salt: randomSalt('bcrypt'), rounds: 12, ident: '2y' })

const SCHEMES: Readonly<Record<string, (password: string) => string>> = {
  apr_md5_crypt: (password) => md5Crypt(password, randomSalt('md5'), APACHE),
  bcrypt: blowfish,
  md5_crypt: (password) => md5Crypt(password, randomSalt('md5')),
  sha256_crypt: (password) => shaCrypt(password, { scheme: 'sha256', salt: randomSalt('sha256'), rounds: 535000 }),
  sha512_crypt: (password) => shaCrypt(password, { scheme: 'sha512', salt: randomSalt('sha512'), rounds: 656000 }),
  ldap_sha1: sha1,
  plaintext: (password) => password,
  portable: blowfish,
  portable_apache_24: blowfish,
  portable_apache_22: (password) => md5Crypt(password, randomSalt('md5'), APACHE),
  host: blowfish,
  host_apache_24: blowfish,
}

function sha1(password: string): string {
  return `{SHA}${createHash('sha1').update(password).digest('base64')}`
}

/** The hash that the password has with the same scheme and salt. */
function remade(hash: string, password: string): string {
  if (hash.startsWith('{SHA}')) return sha1(password)
  const found = REMAKERS.find(([pattern]) => pattern.test(hash))
  return found === undefined ? password : found[1](password, found[0].exec(hash)?.slice(1) ?? [])
}

type Parts = readonly (string | undefined)[]

const REMAKERS: readonly (readonly [RegExp, (password: string, parts: Parts) => string])[] = [
  [/^(\$apr1\$|\$1\$)([^$]*)\$/, (password, [mark, salt = '']) => md5Crypt(password, salt, mark)],
  [/^\$(2[aby])\$(\d\d)\$(.{22})/, (password, [ident = '', cost, salt = '']) => bcrypt(password, { salt, rounds: Number(cost), ident })],
  [/^\$([56])\$(?:rounds=(\d+)\$)?([^$]*)\$/, (password, [kind, rounds = '5000', salt = '']) => shaCrypt(password, { scheme: kind === '5' ? 'sha256' : 'sha512', salt, rounds: Number(rounds) })],
]
