import type { Zone } from '../../site/types.ts'
import { id, moment, rowsOf, textAt, userAt, users, type Table } from './table.ts'

/** Rows of database billing; one in eight belongs to a third zone. */
export function billingTables(zone: Zone): readonly Table[] {
  const count = zone.rows.billing ?? 0
  const zoneAt = (index: number): string => (index % 8 === 7 ? 'test9z' : zone.id)
  return [
    { name: 'leasing', rows: rowsOf(Math.ceil(count / 2), (index) => ({ resource_id: id('i', zone.code, index), user_id: userAt(index), resource_type: 'instance', zone: zoneAt(index), status: index % 5 === 0 ? 'ceased' : 'active' })) },
    { name: 'charge_record', rows: rowsOf(count, (index) => ({ record_id: id('cr', zone.code, index), resource_id: id('i', zone.code, index), zone: zoneAt(index), fee: (index * 137) / 1000, start_time: moment(index) })) },
    { name: 'price', rows: ['instance', 'volume', 'eip'].flatMap((kind, index) => [zone.id, 'test9z'].map((place) => ({ price_id: `pr-${kind}-${place}`, resource_type: kind, zone: place, unit_price: 0.5 + index }))) },
    { name: 'reserved_contract', rows: rowsOf(Math.ceil(count / 10), (index) => ({ contract_id: id('ct', zone.code, index), user_id: userAt(index), zone_id: zoneAt(index), region_id: '', note: textAt(index) })) },
    { name: 'balance', rows: users.map((user, index) => ({ user_id: user, amount: 1000 * (index + zone.code) })) },
  ]
}
