import type { Site, Zone } from '../../site/types.ts'
import { textAt, users, type Table } from './table.ts'

/** Rows of database global: the old zone stands alone, the new one is in its region already. */
export function globalTables(site: Site, zone: Zone): readonly Table[] {
  const isNew = zone.side === 'new'
  const region = isNew ? site.region.id : ''
  return [
    { name: 'region', rows: isNew ? [{ region_id: site.region.id, region_name: site.region.name }] : [] },
    {
      name: 'zone',
      rows: [
        { zone_id: zone.id, zone_code: zone.code, status: 'active', front_gates: isNew ? `${zone.id}-proxy:8665` : 'proxy:8665', region_id: region },
        { zone_id: 'test9z', zone_code: 90 + zone.code, status: 'ceased', front_gates: '', region_id: '' },
      ],
    },
    {
      name: 'user_zone',
      rows: users.map((user) => ({ user_id: user, zone_id: zone.id, privilege: user === 'admin' ? 10 : 1, role: user === 'admin' ? 'global_admin' : 'user', default_in_region: region })),
    },
    { name: 'notice', rows: [0, 1, 2, 3].map((index) => ({ notice_id: `nt-${zone.code}${index}`, title: `notice ${index}`, content: textAt(index + 3) })) },
  ]
}
