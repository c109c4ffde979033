import { createHash } from 'node:crypto'
import type { Site, Zone } from '../../site/types.ts'
import { rowsOf, textAt, users, type Table } from './table.ts'

/** Rows of database account. */
export function accountTables(site: Site, zone: Zone): readonly Table[] {
  const zones = zone.side === 'old' ? zone.id : `${site.region.id},${zone.id}`
  return [
    { name: 'console', rows: [{ console_id: site.console_id, console_name: site.console_id, zones, status: 'active' }, { console_id: 'test9console', console_name: 'of nobody', zones: 'test9z', status: 'ceased' }] },
    { name: 'user_account', rows: users.map((user, index) => ({ user_id: user, user_name: textAt(index), email: `${user}@${site.domain}`, privilege: user === 'admin' ? 10 : 1, status: 'active' })) },
    { name: 'access_key', rows: rowsOf(users.length, (index) => ({ access_key_id: `KEY${zone.code}${index}`, user_id: users[index] ?? 'admin', secret_hash: `\\x${createHash('sha1').update(`${zone.id}${index}`).digest('hex')}`, status: 'active' })) },
  ]
}
