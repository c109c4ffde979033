import { partsOf, quoteIdentifier, quoteLiteral, quoteName } from './sql-text.ts'

/** Kinds of objects that privileges are on, with the names of postgresql_privs; groups and default privileges are told apart from them. */
export type PrivilegeKind = 'database' | 'foreign_data_wrapper' | 'foreign_server' | 'function' | 'language' | 'parameter' | 'procedure' | 'schema' | 'sequence' | 'table' | 'tablespace' | 'type'

interface Kind {
  /** As in GRANT ... ON. */
  readonly keyword: string
  readonly privileges: readonly string[]
  /** Objects are in a schema. */
  readonly inSchema: boolean
  /** Where objects and their access lists are, as `o` with its namespace `n`: a FROM clause, the written name, the list with its default, and a condition. */
  readonly from: string
  readonly name: string
  readonly acl: string
  readonly only: string
  /** Condition that picks one object by its name. */
  readonly is: (name: string, schema: string | undefined) => string
}

const byName = (column: string): Kind['is'] => (name) => `o.${column} = ${quoteLiteral(name)}`

interface Plain {
  readonly keyword: string
  readonly table: string
  /** Beginning of its columns: `nsp`. */
  readonly prefix: string
  /** Letter of `acldefault`. */
  readonly letter: string
  readonly privileges: readonly string[]
}

const plain = ({ keyword, table, prefix, letter, privileges }: Plain): Kind => ({
  keyword, privileges, inSchema: false, from: `pg_catalog.${table} o`, name: `pg_catalog.quote_ident(o.${prefix}name)`, only: 'true', is: byName(`${prefix}name`),
  acl: `coalesce(o.${prefix}acl, pg_catalog.acldefault('${letter}', o.${prefix}owner))`,
})

const inSchema = (prefix: string, table: string): Pick<Kind, 'from' | 'name' | 'inSchema'> => ({
  inSchema: true, from: `pg_catalog.${table} o JOIN pg_catalog.pg_namespace n ON n.oid = o.${prefix}namespace`, name: `pg_catalog.format('%I.%I', n.nspname, o.${prefix}name)`,
})

/** Dots belong to the name where the schema is given apart; otherwise they part it. */
const relationIs: Kind['is'] = (name, schema) => (schema === undefined ? `o.oid = pg_catalog.to_regclass(${quoteLiteral(quoteName(name))})` : `o.relname = ${quoteLiteral(name)} AND n.nspname = ${quoteLiteral(schema)}`)

const relation = (keyword: string, letter: string, relkinds: string): Kind => ({
  keyword, ...inSchema('rel', 'pg_class'), only: `o.relkind IN (${relkinds})`, is: relationIs, acl: `coalesce(o.relacl, pg_catalog.acldefault('${letter}', o.relowner))`,
  privileges: letter === 's' ? ['SELECT', 'UPDATE', 'USAGE'] : ['INSERT', 'SELECT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
})

/** `name(int:text)`: colons stand for commas, which separate the objects. */
const routineIs: Kind['is'] = (name, schema) => {
  const [, bare = name, types] = /^([^(]+)(\(.*\))$/s.exec(name.replaceAll(':', ',')) ?? []
  const full = schema === undefined ? quoteName(bare) : `${quoteIdentifier(schema)}.${quoteIdentifier(partsOf(bare).at(-1) ?? '')}`
  return types === undefined ? `o.oid = pg_catalog.to_regproc(${quoteLiteral(full)})` : `o.oid = pg_catalog.to_regprocedure(${quoteLiteral(`${full}${types}`)})`
}

const routine = (keyword: string, prokinds: string): Kind => ({
  keyword, ...inSchema('pro', 'pg_proc'), name: "pg_catalog.format('%I.%I(%s)', n.nspname, o.proname, pg_catalog.pg_get_function_identity_arguments(o.oid))", only: `o.prokind IN (${prokinds})`,
  acl: "coalesce(o.proacl, pg_catalog.acldefault('f', o.proowner))", privileges: ['EXECUTE'], is: routineIs,
})

/** What is known of each kind. */
export const KINDS: Readonly<Record<PrivilegeKind, Kind>> = {
  database: { ...plain({ keyword: 'database', table: 'pg_database', prefix: 'dat', letter: 'd', privileges: ['CREATE', 'TEMPORARY', 'CONNECT'] }), acl: "coalesce(o.datacl, pg_catalog.acldefault('d', o.datdba))" },
  foreign_data_wrapper: plain({ keyword: 'FOREIGN DATA WRAPPER', table: 'pg_foreign_data_wrapper', prefix: 'fdw', letter: 'F', privileges: ['USAGE'] }),
  foreign_server: plain({ keyword: 'FOREIGN SERVER', table: 'pg_foreign_server', prefix: 'srv', letter: 'S', privileges: ['USAGE'] }),
  function: routine('function', "'f', 'w', 'a'"),
  language: plain({ keyword: 'language', table: 'pg_language', prefix: 'lan', letter: 'l', privileges: ['USAGE'] }),
  parameter: {
    keyword: 'parameter', privileges: ['SET', 'ALTER SYSTEM'], inSchema: false, only: 'true', name: 'o.name', acl: 'o.acl', is: (name) => `o.name = ${quoteLiteral(name.toLowerCase())}`,
    from: "(SELECT s.name, coalesce(p.paracl, pg_catalog.acldefault('p', 10)) AS acl FROM (SELECT lower(name) AS name FROM pg_catalog.pg_settings) s LEFT JOIN pg_catalog.pg_parameter_acl p ON p.parname = s.name) o",
  },
  procedure: routine('procedure', "'p'"),
  schema: plain({ keyword: 'schema', table: 'pg_namespace', prefix: 'nsp', letter: 'n', privileges: ['USAGE', 'CREATE'] }),
  sequence: relation('sequence', 's', "'S'"),
  table: relation('table', 'r', "'r', 'v', 'm', 'p', 'f'"),
  tablespace: plain({ keyword: 'tablespace', table: 'pg_tablespace', prefix: 'spc', letter: 't', privileges: ['CREATE'] }),
  type: {
    keyword: 'type', ...inSchema('typ', 'pg_type'), only: 'true', privileges: ['USAGE'], acl: "coalesce(o.typacl, pg_catalog.acldefault('T', o.typowner))",
    is: (name, schema) => `o.oid = pg_catalog.to_regtype(${quoteLiteral(schema === undefined ? quoteName(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`)})`,
  },
}

/** One row an object, grantee and privilege; objects without any have one row of nothing. */
export function privilegesQuery(kind: PrivilegeKind, condition: string): string {
  const { from, name, acl, only } = KINDS[kind]
  return explode(`SELECT ${name} AS ref, ${acl} AS acl FROM ${from} WHERE ${only} AND ${condition}`)
}

/** The rows of access lists that a query yields as `ref` and `acl`. */
export function explode(query: string): string {
  return `SELECT o.ref, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(a.grantee) END AS grantee, a.privilege_type AS privilege, bool_or(a.is_grantable) AS grantable FROM (${query}) o LEFT JOIN LATERAL pg_catalog.aclexplode(o.acl) a ON true GROUP BY 1, 2, 3 ORDER BY 1`
}
