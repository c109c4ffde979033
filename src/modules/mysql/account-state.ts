import { createHash } from 'node:crypto'
import type { Ask } from '../sql/sql-module.ts'
import { readGrants, type Privileges } from './privileges.ts'
import { quoteLiteral } from './sql-text.ts'

/** One account: a user at a host. Of its password only whether it is the wanted one. */
export interface Account {
  readonly host: string
  readonly password: 'as wanted' | 'another'
  readonly privileges: Privileges
  /** As after REQUIRE: NONE, SSL, X509, or what the certificate must say. */
  readonly tls: string
  readonly limits: Readonly<Record<string, number>>
  readonly locked: boolean
  /** As after PASSWORD EXPIRE. */
  readonly expiry: string
  /** Of MySQL 8. */
  readonly attributes: Readonly<Record<string, string>>
}

/** What is wanted of an account's password. */
export interface WantedPassword {
  readonly password: string | undefined
  readonly encrypted: boolean
  readonly plugin: string | undefined
  readonly hash: string | undefined
  readonly text: string | undefined
}

/** Accounts of a name, and what server it is. */
export interface AccountsState {
  readonly isMaria: boolean
  readonly accounts: readonly Account[]
}

/** How `mysql_native_password` keeps a password. */
export function nativeHash(password: string): string {
  return password === '' ? '' : `*${createHash('sha1').update(createHash('sha1').update(password).digest()).digest('hex').toUpperCase()}`
}

/** Looks up the accounts of a name, at one host or at all. */
export async function lookAtAccounts({ name, host }: { readonly name: string, readonly host: string | undefined }, wanted: WantedPassword, ask: Ask): Promise<AccountsState> {
  const [server] = await ask('SELECT VERSION() AS version')
  const isMaria = /mariadb/i.test(server?.version ?? '')
  const rows = await ask(`SELECT * FROM mysql.user WHERE User = ${quoteLiteral(name)}${host === undefined ? '' : ` AND Host = ${quoteLiteral(host)}`} ORDER BY Host`)
  const accounts: Account[] = []
  for (const row of rows) accounts.push(await accountOf({ name, row, isMaria }, wanted, ask))
  return { isMaria, accounts }
}

async function accountOf({ name, row, isMaria }: { readonly name: string, readonly row: Row, readonly isMaria: boolean }, wanted: WantedPassword, ask: Ask): Promise<Account> {
  const host = row.Host ?? ''
  const account = `${quoteLiteral(name)}@${quoteLiteral(host)}`
  const grants = await ask(`SHOW GRANTS FOR ${account}`)
  const text = firstOf((await ask(`SHOW CREATE USER ${account}`))[0])
  return {
    host, password: isWanted(row, wanted) ? 'as wanted' : 'another', privileges: readGrants(grants.map(firstOf)), tls: tlsOf(row), limits: limitsOf(row),
    attributes: isMaria ? {} : await attributesOf({ name, host }, ask), locked: /\bACCOUNT LOCK\b/.test(text), expiry: row.password_expired === 'Y' ? 'NOW' : expiryOf(text),
  }
}

/** The only column of a row whose name depends on the account. */
function firstOf(row: Row | undefined): string {
  return Object.values(row ?? {})[0] ?? ''
}

/** Older servers have none. */
async function attributesOf({ name, host }: { readonly name: string, readonly host: string }, ask: Ask): Promise<Account['attributes']> {
  const [there] = await ask("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = 'USER_ATTRIBUTES'")
  const [row] = there === undefined ? [] : await ask(`SELECT ATTRIBUTE AS attributes FROM information_schema.USER_ATTRIBUTES WHERE USER = ${quoteLiteral(name)} AND HOST = ${quoteLiteral(host)}`)
  const found = JSON.parse(row?.attributes ?? '{}') as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(found).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]))
}

type Row = Awaited<ReturnType<Ask>>[number]

function isWanted(row: Row, { password, encrypted, plugin, hash, text }: WantedPassword): boolean {
  const kept = [row.authentication_string, row.Password].find((value) => typeof value === 'string' && value !== '') ?? ''
  if (plugin !== undefined) return row.plugin === plugin && isTold({ plugin, text, hash }, kept)
  if (password === undefined) return true
  const expected = encrypted ? password : nativeHash(password)
  return expected === kept && (row.plugin === '' || isNative(row.plugin ?? ''))
}

function isTold({ plugin, text, hash }: { readonly plugin: string, readonly text: string | undefined, readonly hash: string | undefined }, kept: string): boolean {
  if (hash !== undefined) return hash === kept
  return text === undefined || text === kept || (isNative(plugin) && nativeHash(text) === kept)
}

const isNative = (plugin: string): boolean => plugin === 'mysql_native_password'

/** Columns of limits, and what they are called in a statement. */
const LIMITS: Readonly<Record<string, string>> = {
  max_questions: 'MAX_QUERIES_PER_HOUR', max_updates: 'MAX_UPDATES_PER_HOUR', max_connections: 'MAX_CONNECTIONS_PER_HOUR', max_user_connections: 'MAX_USER_CONNECTIONS', max_statement_time: 'MAX_STATEMENT_TIME',
}

function limitsOf(row: Row): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(LIMITS).filter(([column]) => row[column] !== undefined).map(([column, name]) => [name, Number(row[column])]))
}

function tlsOf(row: Row): string {
  const type = row.ssl_type ?? ''
  if (type !== 'SPECIFIED') return type === 'ANY' ? 'SSL' : type === 'X509' ? 'X509' : 'NONE'
  return requirement(Object.fromEntries([['SUBJECT', row.x509_subject], ['ISSUER', row.x509_issuer], ['CIPHER', row.ssl_cipher]].filter(([, text]) => text !== null && text !== undefined && text !== '')))
}

/** What comes after REQUIRE. */
export function requirement(given: Readonly<Record<string, unknown>>): string {
  const upper = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toUpperCase(), value]))
  const words = ['SUBJECT', 'ISSUER', 'CIPHER'].filter((name) => upper[name] !== undefined && upper[name] !== null).map((name) => `${name} ${quoteLiteral(String(upper[name]))}`)
  if (words.length > 0) return words.join(' AND ')
  return 'X509' in upper ? 'X509' : 'SSL' in upper ? 'SSL' : 'NONE'
}

function expiryOf(text: string): string {
  const [, words = ''] = /PASSWORD EXPIRE( NEVER| DEFAULT| INTERVAL \d+ DAY)?/.exec(text) ?? []
  return text.includes('PASSWORD EXPIRE') ? words.trim() || 'NOW' : 'DEFAULT'
}
