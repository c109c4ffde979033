import type { Site, Zone } from '../../site/types.ts'
import { rowsOf, type Row } from './table.ts'

/** Rows of database zone whose primary keys exist in both zones; some are equal there, some differ. */
export function sharedTables(site: Site, zone: Zone): Readonly<Record<string, readonly Row[]>> {
  const count = (name: string): number => site.shared_rows[name] ?? 0
  const differs = (index: number): string => (index % 2 ? ` of ${zone.id}` : '')
  return {
    image: rowsOf(count('image'), (index) => ({ image_id: imageIds[index] ?? `img-system${index}`, name: `System image ${index}${differs(index)}`, provider: 'system', size_gb: 20, create_time: '2020-01-01 00:00:00' })),
    security_group: rowsOf(count('security_group'), (index) => ({ security_group_id: `sg-default${index}`, owner: 'admin', rules: `{tcp:22${differs(index)}}` })),
    scheduler: rowsOf(count('scheduler'), (index) => ({ scheduler_id: `sch-system${index}`, task_type: 'cleanup', handle_server: 'any', next_run: '2020-01-01 00:00:00' })),
    alarm_policy: rowsOf(count('alarm_policy'), (index) => ({ alarm_policy_id: `alp-system${index}`, name: `System${differs(index + 1)}`, group_id: 'default', rules: '[]' })),
    resource_tag: rowsOf(count('resource_tag'), (index) => ({ resource_id: 'sg-default0', tag_key: `system;${index}`, tag_value: `'${zone.id}'` })),
  }
}

const imageIds = ['xenial4x64a', 'bionic1x64', 'centos76x64a', 'win2016dc', 'cirros035', 'debian9x64', 'coreos4', 'freebsd12']
