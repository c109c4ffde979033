import type { Site, Zone } from '../site/types.ts'
import { accountTables } from './rows/account.ts'
import { billingTables } from './rows/billing.ts'
import { globalTables } from './rows/global.ts'
import { insertStatements, type Table } from './rows/table.ts'
import { zoneTables } from './rows/zone.ts'

interface Database {
  readonly name: string
  readonly tables: readonly Table[]
}

/** The databases of a zone with their rows. */
export const databasesOf = (site: Site, zone: Zone): readonly Database[] => [
  { name: 'account', tables: accountTables(site, zone) },
  { name: 'global', tables: globalTables(site, zone) },
  { name: 'zone', tables: zoneTables(site, zone) },
  { name: 'billing', tables: billingTables(zone) },
]

/** The data of a database as SQL; the schema is in platform/sql. */
export function databaseSql({ name, tables }: Database): string {
  const sequence = name === 'zone' ? "SELECT setval('alert_event_event_id_seq', (SELECT coalesce(max(event_id), 1) FROM alert_event));\n" : ''
  return `${insertStatements(tables)}${sequence}`
}
