import { serverProblem } from './server-problem.ts'
import { cell, type Row } from './session.ts'
import type { Ask } from './sql-module.ts'
import { quoteLiteral } from './sql-text.ts'

/** A subscription; of its connection's password only whether it is the wanted one. */
export interface SubscriptionState {
  readonly exists: boolean
  readonly owner: string
  /** Whoever makes it. */
  readonly us: string
  readonly publications: readonly string[]
  readonly connection: 'as wanted' | 'another'
  /** All but the password. */
  readonly conninfo: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
  readonly comment: string
  /** By the change. */
  readonly refreshed: boolean
}

/** Looks a subscription up. Where the server does not let us see how the publisher is reached, that counts as it is. */
export async function lookAtSubscription(name: string, wanted: Readonly<Record<string, unknown>>, ask: Ask): Promise<SubscriptionState> {
  const [[session], row] = await Promise.all([ask('SELECT current_user AS us'), subscriptionRow(name, ask)])
  const us = cell(session, 'us')
  if (row === undefined) return { exists: false, owner: '', us, publications: [], connection: 'as wanted', conninfo: {}, parameters: {}, comment: '', refreshed: false }
  const { password, ...conninfo } = parametersIn(cell(row, 'conninfo'))
  const there: Readonly<Record<string, string>> = password === undefined ? conninfo : { ...conninfo, password }
  const isOther = typeof row.conninfo === 'string' && Object.entries(wanted).some(([key, value]) => there[key] !== String(value))
  return {
    exists: true, us, owner: cell(row, 'owner'), publications: JSON.parse(cell(row, 'publications')) as readonly string[], connection: isOther ? 'another' : 'as wanted', conninfo, comment: cell(row, 'comment'), refreshed: false,
    parameters: { enabled: row.enabled === 't' ? 'true' : 'false', synchronous_commit: synchronous(cell(row, 'synccommit')), slot_name: cell(row, 'slotname') },
  }
}

/** The words that a boolean becomes. */
const synchronous = (text: string): string => (text === 'on' ? 'true' : text === 'off' ? 'false' : text)

const FORBIDDEN = '42501'

async function subscriptionRow(name: string, ask: Ask): Promise<Row | undefined> {
  const query = (conninfo: string): string => `SELECT pg_catalog.pg_get_userbyid(s.subowner) AS owner, to_json(s.subpublications)::text AS publications, s.subenabled AS enabled, s.subsynccommit AS synccommit, s.subslotname AS slotname, pg_catalog.obj_description(s.oid, 'pg_subscription') AS comment${conninfo} FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() AND s.subname = ${quoteLiteral(name)}`
  try {
    return (await ask(query(', s.subconninfo AS conninfo')))[0]
  } catch (error) {
    if (serverProblem(error)?.code !== FORBIDDEN) throw error
    return (await ask(query('')))[0]
  }
}

/** `host=a password='b c'`, as libpq reads it. */
function parametersIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.matchAll(/(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\]|\\.)*))/g)
  return Object.fromEntries([...pairs].map(([, key = '', quoted, plain = '']) => [key, (quoted ?? plain).replace(/\\(.)/g, '$1')]))
}

/** The same the other way round. */
export function connectionText(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters).map(([key, value]) => `${key}=${parameterWord(String(value))}`).join(' ')
}

function parameterWord(text: string): string {
  return /^[^\s'\\]+$/.test(text) ? text : `'${text.replace(/['\\]/g, '\\$&')}'`
}
