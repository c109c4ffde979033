import { parseMountSizes } from '../system/mounts/mount-size.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { escapeRegExp } from './escape-reg-exp.ts'
import type { RawFacts } from './raw-facts.ts'

/** `mounts`: file systems on devices and of other hosts, with their sizes. */
export function mountFacts(raw: RawFacts): JsonObject {
  const sizes = parseMountSizes(raw.part('mounts'))
  const uuids = new Map(raw.links(/^\/dev\/disk\/by-uuid\/(.+)$/).map(([[, uuid = ''], target]) => [target.replace(/^.*\//, '/dev/'), uuid]))
  const bound = boundPlaces(raw.file('/proc/self/mountinfo') ?? '')
  const mounts = (raw.file('/proc/self/mounts') ?? '').split('\n').map((line) => line.split(' ').map(unescapeOctal))
  return {
    mounts: mounts.filter(([device = '', , type]) => (device.startsWith('/') || device.includes(':/')) && type !== 'none').map(([device = '', mount = '', fstype = '', options = '', dump, passno]) => ({
      device, mount, fstype, options: bound.has(mount) && !options.includes('bind') ? `${options},bind` : options,
      ...sizes.get(mount), uuid: uuids.get(device) ?? 'N/A', dump: Number(dump ?? 0), passno: Number(passno ?? 0),
    })),
  }
}

/** Where a folder of a file system is mounted, rather than the whole of it: findmnt shows the folder in brackets, and Ansible calls it a bind mount. */
function boundPlaces(mountinfo: string): ReadonlySet<string> {
  const places = mountinfo.split('\n').map((line) => line.split(' ').map(unescapeOctal))
  return new Set(places.flatMap(([, , , root, mount]) => root === undefined || root === '/' || mount === undefined ? [] : [mount]))
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** `devices`, `device_links` and `lvm`: block devices, their partitions, and their other names. */
export function deviceFacts(raw: RawFacts): JsonObject {
  const names = raw.files(/^\/sys\/block\/([^/]+)\/size$/).map(([match]) => match[1] ?? '')
  const links: DeviceLinks = { ids: linksIn(raw, 'id'), uuids: linksIn(raw, 'uuid'), labels: linksIn(raw, 'label'), masters: mastersOf(raw) }
  return {
    devices: Object.fromEntries(names.map((name) => [name, device(raw, name, links)])),
    device_links: links,
    lvm: volumes(raw),
  }
}

/** By device, the names that lead to it, or the devices that are made of it. */
type DeviceLinks = Readonly<Record<'ids' | 'uuids' | 'labels' | 'masters', Readonly<Record<string, readonly string[]>>>>

function linksIn(raw: RawFacts, folder: string): DeviceLinks['ids'] {
  return grouped(raw.links(new RegExp(`^/dev/disk/by-${folder}/(.+)$`)).map(([[, name = ''], target]) => [target.replace(/^.*\//, ''), name]))
}

function mastersOf(raw: RawFacts): DeviceLinks['masters'] {
  return grouped(raw.links(/^\/sys\/block\/([^/]+)\/slaves\/(.+)$/).map(([[, master = '', slave = '']]) => [slave, master]))
}

function grouped(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...new Set(pairs.map(([device]) => device))].map((device) => [device, pairs.filter(([other]) => other === device).map(([, name]) => name).sort()]))
}

function linksOf(links: DeviceLinks, name: string): JsonObject {
  return Object.fromEntries(Object.entries(links).map(([kind, all]) => [kind, [...all[name] ?? []]]))
}

function device(raw: RawFacts, name: string, links: DeviceLinks): JsonObject {
  const read = (path: string, absent: Json = null): Json => raw.file(`/sys/block/${name}/${path}`) ?? absent
  const sectorsize = read('queue/logical_block_size', '512')
  const sectorsOf = (path: string): number => Math.floor(Number(read(path, '0')) * 512 / Number(sectorsize))
  const sectors = sectorsOf('size')
  const size = (count: number): string => readableSize(count * Number(sectorsize))
  const partitions = raw.files(new RegExp(`^/sys/block/${escapeRegExp(name)}/([^/]+)/start$`)).map(([match, start]) => {
    const part = match[1] ?? ''
    const count = sectorsOf(`${part}/size`)
    const own = {
      start, sectors: count, sectorsize: Number(sectorsize), size: size(count), uuid: links.uuids[part]?.[0] ?? null,
      links: linksOf(links, part), holders: holdersOf(raw, `${name}/${part}`),
    }
    return [part, own] as const
  })
  const serial = read('device/serial')
  return {
    virtual: 1, links: linksOf(links, name), holders: holdersOf(raw, name), host: '',
    model: read('device/model'), vendor: read('device/vendor'), ...serial === null ? {} : { serial }, sas_address: read('device/sas_address'), sas_device_handle: read('device/sas_device_handle'),
    removable: read('removable', '0'), rotational: read('queue/rotational', '0'),
    support_discard: read('queue/discard_max_hw_bytes') === '0' ? '0' : read('queue/discard_granularity'),
    scheduler_mode: /\[(.*)\]/.exec(String(read('queue/scheduler', '')))?.[1] ?? '',
    sectors, sectorsize, size: size(sectors), partitions: Object.fromEntries(partitions),
  }
}

/** What is made of a device, by the names of the device mapper. */
function holdersOf(raw: RawFacts, place: string): readonly string[] {
  return raw.links(new RegExp(`^/sys/block/${escapeRegExp(place)}/holders/(dm-.+)$`)).map(([[, name = '']]) => raw.file(`/sys/block/${name}/dm/name`) ?? name)
}

function volumes(raw: RawFacts): Json {
  const lines = raw.part('lvm').trim().split('\n').map((line) => line.split(','))
  if (lines[0]?.[0] !== 'lvm') return 'N/A'
  const of = (kind: string) => lines.filter(([first]) => first === kind).map(([, ...fields]) => fields)
  return {
    vgs: Object.fromEntries(of('vg').map(([name = '', num_lvs = '', num_pvs = '', size_g = '', free_g = '']) => [name, { size_g, free_g, num_lvs, num_pvs }])),
    lvs: Object.fromEntries(of('lv').map(([name = '', vg = '', size_g = '']) => [name, { size_g, vg }])),
    pvs: Object.fromEntries(of('pv').map(([name = '', vg = '', size_g = '', free_g = '']) => [name, { size_g, free_g, vg }])),
  }
}

function readableSize(bytes: number): string {
  const units = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB']
  const power = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
  return `${(bytes / 1024 ** power).toFixed(2)} ${units[power] ?? ''}`
}
