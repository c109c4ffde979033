import { partsOf, quoteLiteral, quoteName } from './sql-text.ts'

/** Kinds of objects that have an owner, with the names of postgresql_owner. */
export const OWNED_TYPES = [
  'aggregate', 'collation', 'conversion', 'database', 'domain', 'event_trigger', 'foreign_data_wrapper', 'foreign_table', 'function', 'language', 'large_object', 'matview', 'procedure',
  'publication', 'routine', 'schema', 'sequence', 'server', 'statistics', 'table', 'tablespace', 'text_search_configuration', 'text_search_dictionary', 'type', 'view',
] as const
type OwnedType = typeof OWNED_TYPES[number]

interface Owned {
  /** As in ALTER ... OWNER TO. */
  readonly keyword: string
  readonly written: (name: string) => string
  /** Where the catalog says who owns it. */
  readonly owner: (name: string) => string
}

const asIs = (name: string): string => name

const relation = (keyword: string): Owned => ({ keyword, written: quoteName, owner: (name) => `relowner FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(${quoteLiteral(quoteName(name))})` })
const type = (keyword: string): Owned => ({ keyword, written: quoteName, owner: (name) => `typowner FROM pg_catalog.pg_type WHERE oid = pg_catalog.to_regtype(${quoteLiteral(quoteName(name))})` })

/** Functions are told apart by their arguments: `name(int, text)`. */
const routine = (keyword: string, written: Owned['written']): Owned => ({
  keyword, written,
  owner: (name) => `proowner FROM pg_catalog.pg_proc WHERE oid = pg_catalog.${name.includes('(') ? 'to_regprocedure' : 'to_regproc'}(${quoteLiteral(name.includes('(') ? name : quoteName(name))})`,
})

/** Objects of the whole database or server: `table` has `name` and `owner` columns with this prefix. */
const plain = (keyword: string, [table, prefix]: readonly [string, string], written: Owned['written'] = quoteName): Owned =>
  ({ keyword, written, owner: (name) => `${prefix}owner FROM pg_catalog.${table} WHERE ${prefix}name = ${quoteLiteral(partsOf(name).at(-1))}` })

/** The same for objects in a schema. */
const inSchema = (keyword: string, [table, prefix]: readonly [string, string], visible: string): Owned => ({
  keyword, written: quoteName,
  owner: (name) => {
    const parts = partsOf(name)
    const place = parts.length > 1 ? `${prefix}namespace = pg_catalog.to_regnamespace(${quoteLiteral(quoteName(parts[0] ?? ''))})` : `pg_catalog.${visible}(oid)`
    return `${prefix}owner FROM pg_catalog.${table} WHERE ${prefix}name = ${quoteLiteral(parts.at(-1))} AND ${place}`
  },
})

/** What is known of each kind. */
export const OWNED: Readonly<Record<OwnedType, Owned>> = {
  aggregate: routine('AGGREGATE', asIs),
  collation: inSchema('COLLATION', ['pg_collation', 'coll'], 'pg_collation_is_visible'),
  conversion: inSchema('CONVERSION', ['pg_conversion', 'con'], 'pg_conversion_is_visible'),
  database: { keyword: 'DATABASE', written: quoteName, owner: (name) => `datdba FROM pg_catalog.pg_database WHERE datname = ${quoteLiteral(name)}` },
  domain: type('DOMAIN'),
  event_trigger: plain('EVENT TRIGGER', ['pg_event_trigger', 'evt']),
  foreign_data_wrapper: plain('FOREIGN DATA WRAPPER', ['pg_foreign_data_wrapper', 'fdw']),
  foreign_table: relation('FOREIGN TABLE'),
  function: routine('FUNCTION', asIs),
  language: plain('LANGUAGE', ['pg_language', 'lan'], asIs),
  large_object: { keyword: 'LARGE OBJECT', written: asIs, owner: (name) => `lomowner FROM pg_catalog.pg_largeobject_metadata WHERE oid::text = ${quoteLiteral(name)}` },
  matview: relation('MATERIALIZED VIEW'),
  procedure: routine('PROCEDURE', quoteUnlessSigned),
  publication: plain('PUBLICATION', ['pg_publication', 'pub']),
  routine: routine('ROUTINE', quoteUnlessSigned),
  schema: plain('SCHEMA', ['pg_namespace', 'nsp']),
  sequence: relation('SEQUENCE'),
  server: plain('SERVER', ['pg_foreign_server', 'srv']),
  statistics: inSchema('STATISTICS', ['pg_statistic_ext', 'stx'], 'pg_statistics_obj_is_visible'),
  table: relation('TABLE'),
  tablespace: plain('TABLESPACE', ['pg_tablespace', 'spc']),
  text_search_configuration: inSchema('TEXT SEARCH CONFIGURATION', ['pg_ts_config', 'cfg'], 'pg_ts_config_is_visible'),
  text_search_dictionary: inSchema('TEXT SEARCH DICTIONARY', ['pg_ts_dict', 'dict'], 'pg_ts_dict_is_visible'),
  type: type('TYPE'),
  view: relation('VIEW'),
}

/** One row with the owner of an object, if it is there. */
export function ownerQuery(kind: OwnedType, name: string): string {
  return `SELECT pg_catalog.pg_get_userbyid(o.owner) AS owner FROM (SELECT ${OWNED[kind].owner(name).replace(' FROM', ' AS owner FROM')}) o`
}

function quoteUnlessSigned(name: string): string {
  return name.includes('(') ? name : quoteName(name)
}
