import type { JsonObject } from '../../value/value.ts'
import { processorFacts } from './processors.ts'
import type { RawFacts } from './raw-facts.ts'
import { deviceFacts, mountFacts } from './storage.ts'

/** All of `hardware`. */
export function hardwareFacts(raw: RawFacts): JsonObject {
  return { ...memoryFacts(raw), ...processorFacts(raw), ...boardFacts(raw), ...mountFacts(raw), ...deviceFacts(raw) }
}

/** `mem*_mb`, `swap*_mb`, `memory_mb` and `uptime_seconds`. */
function memoryFacts(raw: RawFacts): JsonObject {
  const kibibytes = Object.fromEntries([...(raw.file('/proc/meminfo') ?? '').matchAll(/^(\w+):\s+(\d+)/gm)].map(([, name = '', size = '']) => [name, Number(size)]))
  const megabytes = (...names: readonly string[]) => Math.floor(names.reduce((sum, name) => sum + (kibibytes[name] ?? 0), 0) / 1024)
  const [total, free, swapTotal, swapFree] = [megabytes('MemTotal'), megabytes('MemFree'), megabytes('SwapTotal'), megabytes('SwapFree')]
  const available = megabytes('MemFree', 'Cached', 'Buffers')
  return {
    memtotal_mb: total, memfree_mb: free, swaptotal_mb: swapTotal, swapfree_mb: swapFree,
    memory_mb: {
      real: { total, used: total - free, free },
      nocache: { free: available, used: total - available },
      swap: { total: swapTotal, free: swapFree, used: swapTotal - swapFree, cached: megabytes('SwapCached') },
    },
    uptime_seconds: Math.floor(Number((raw.file('/proc/uptime') ?? '0').split(' ')[0])),
  }
}

/** `loadavg`. */
export function loadFacts(raw: RawFacts): JsonObject {
  const [one = 0, five = 0, fifteen = 0] = (raw.file('/proc/loadavg') ?? '').split(' ').map(Number)
  return { loadavg: { '1m': one, '5m': five, '15m': fifteen } }
}

/** `bios_*`, `board_*`, `chassis_*`, `product_*`, `system_vendor` and `form_factor`. */
function boardFacts(raw: RawFacts): JsonObject {
  const dmi = (name: string) => raw.file(`/sys/class/dmi/id/${name}`) ?? 'NA'
  const names = ['bios_date', 'bios_vendor', 'bios_version', 'board_asset_tag', 'board_name', 'board_serial', 'board_vendor', 'board_version', 'chassis_asset_tag', 'chassis_serial',
    'chassis_vendor', 'chassis_version', 'product_name', 'product_serial', 'product_uuid', 'product_version']
  return {
    ...Object.fromEntries(names.map((name) => [name, dmi(name)])),
    system_vendor: dmi('sys_vendor'),
    form_factor: FORM_FACTORS[Number(raw.file('/sys/class/dmi/id/chassis_type') ?? 0)] ?? 'NA',
  }
}

/** By the number of the chassis type in the SMBIOS specification. */
const FORM_FACTORS: readonly (string | undefined)[] = [
  undefined, 'Other', 'Unknown', 'Desktop', 'Low Profile Desktop', 'Pizza Box', 'Mini Tower', 'Tower', 'Portable', 'Laptop', 'Notebook', 'Hand Held', 'Docking Station', 'All In One', 'Sub Notebook',
  'Space-saving', 'Lunch Box', 'Main Server Chassis', 'Expansion Chassis', 'Sub Chassis', 'Bus Expansion Chassis', 'Peripheral Chassis', 'RAID Chassis', 'Rack Mount Chassis', 'Sealed-case PC',
  'Multi-system', 'CompactPCI', 'AdvancedTCA', 'Blade', 'Blade Enclosure', 'Tablet', 'Convertible', 'Detachable', 'IoT Gateway', 'Embedded PC', 'Mini PC', 'Stick PC',
]
