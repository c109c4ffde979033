import { ModuleFailure } from '../../../module/module.ts'

type Kind = 'group' | 'mask' | 'other' | 'user'

interface GivenAcl {
  readonly path: string
  readonly state: 'absent' | 'present' | 'query'
  readonly entity: string
  readonly etype: Kind | undefined
  readonly permissions: string | undefined
  readonly entry: string | undefined
  readonly default: boolean
  readonly follow: boolean
  readonly recursive: boolean
  readonly recalculate_mask: 'default' | 'mask' | 'no_mask'
  readonly use_nfsv4_acls: boolean
}

/** An entry as setfacl takes it. */
export interface WantedAcl extends GivenAcl {
  readonly text: string
  readonly message: string
}

/** Brings the two ways to give an entry together; throws where they do not fit. */
export function wantedEntry(given: GivenAcl): WantedAcl {
  const broken = RULES.find(([holds]) => holds(given))
  if (broken !== undefined) throw new ModuleFailure(broken[1](given))
  const entry = given.entry === undefined ? { isDefault: given.default, etype: given.etype, entity: given.entity, permissions: given.permissions } : splitEntry(given.entry, given)
  const text = given.state === 'query' ? '' : entryText(given, entry)
  return { ...given, default: entry.isDefault, text, message: given.state === 'query' ? 'current acl' : `${text} is ${given.state}` }
}

/** The command that makes it so. */
export function aclWords({ state, path, text, follow, recursive, default: isDefault, recalculate_mask: mask, use_nfsv4_acls: nfs }: WantedAcl): readonly string[] {
  if (nfs) return ['nfs4_setfacl', state === 'present' ? '-a' : '-x', text, path]
  return [
    'setfacl', ...isDefault ? ['-d'] : [], state === 'present' ? '-m' : '-x', text, ...recursive ? ['--recursive'] : [],
    ...mask === 'default' ? [] : [mask === 'mask' ? '--mask' : '--no-mask'], ...follow ? [] : ['--physical'], path,
  ]
}

const RULES: readonly (readonly [(given: GivenAcl) => boolean, (given: GivenAcl) => string])[] = [
  [({ state, recursive }) => state === 'query' && recursive, () => "'recursive' MUST NOT be set when 'state=query'."],
  [({ state, recalculate_mask: mask }) => state === 'query' && mask !== 'default', () => "'recalculate_mask' MUST NOT be set to 'mask' or 'no_mask' when 'state=query'."],
  [({ state, entry, permissions, use_nfsv4_acls: nfs }) => entry === undefined && state === 'absent' && permissions !== undefined && !nfs, () => "'permissions' MUST NOT be set when 'state=absent'."],
  [({ state, entry, entity }) => entry === undefined && state === 'absent' && entity === '', () => "'entity' MUST be set when 'state=absent'."],
  [({ state, entry, etype }) => entry === undefined && state !== 'query' && etype === undefined, ({ state }) => `'etype' MUST be set when 'state=${state}'.`],
  [({ entry, etype, entity, permissions }) => entry !== undefined && (etype !== undefined || entity !== '' || permissions !== undefined), () => "'entry' MUST NOT be set when 'entity', 'etype' or 'permissions' are set."],
  [({ entry, state }) => entry !== undefined && state === 'query', () => "'entry' MUST NOT be set when 'state=query'."],
  [({ entry, state }) => entry !== undefined && state === 'present' && !hasParts(entry, [3, 4]), () => "'entry' MUST have 3 or 4 sections divided by ':' when 'state=present'."],
  [({ entry, state }) => entry !== undefined && state === 'absent' && !hasParts(entry, [2, 3]), () => "'entry' MUST have 2 or 3 sections divided by ':' when 'state=absent'."],
]

function hasParts(entry: string, counts: readonly number[]): boolean {
  return counts.includes(entry.split(':').length)
}

interface Entry {
  readonly isDefault: boolean
  readonly etype: Kind | undefined
  readonly entity: string
  readonly permissions: string | undefined
}

const KINDS: Readonly<Record<string, Kind>> = { u: 'user', g: 'group', m: 'mask', o: 'other' }

function splitEntry(entry: string, given: GivenAcl): Entry {
  const isDefault = /^d/i.test(entry)
  const [kind = '', entity = '', permissions] = isDefault ? entry.split(':').slice(1) : entry.split(':')
  const etype = KINDS[kind.slice(0, 1).toLowerCase()]
  if (etype === undefined) throw new ModuleFailure(`'${entry}' is no entry of an access control list`)
  return { isDefault: isDefault || given.default, etype, entity, permissions }
}

function entryText({ use_nfsv4_acls: nfs, state }: GivenAcl, { etype = 'user', entity, permissions = '' }: Entry): string {
  if (nfs) return ['A', etype === 'group' ? 'g' : '', entity, `${permissions}tcy`].join(':')
  return state === 'present' && permissions !== '' ? `${etype}:${entity}:${permissions}` : `${etype}:${entity}`
}
