import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mysqlDb } from '../../src/modules/mysql-db.ts'
import { mysqlInfo } from '../../src/modules/mysql-info.ts'
import { mysqlQuery } from '../../src/modules/mysql-query.ts'
import { mysqlUser } from '../../src/modules/mysql-user.ts'
import { mysqlVariables } from '../../src/modules/mysql-variables.ts'
import type { Json } from '../../src/value/value.ts'
import { liveHost, type LiveHost, type LiveOutcome } from '../support/live-host.ts'
import { startMariadb, type MariadbServer } from '../support/mariadb-server.ts'

let server: MariadbServer
let host: LiveHost
let other: LiveHost

beforeAll(async () => {
  server = await startMariadb()
  host = await liveHost()
  other = await liveHost({ method: 'sudo', user: 'nobody' })
  server.sql("CREATE DATABASE shop; CREATE TABLE shop.prices (id INT PRIMARY KEY, price DECIMAL(8,2), name TEXT, seen DATETIME); CREATE USER 'nobody'@'localhost' IDENTIFIED VIA unix_socket; CREATE USER 'tcp'@'%' IDENTIFIED BY 'tcp-secret'; GRANT ALL ON *.* TO 'tcp'@'%'")
}, 120_000)
afterAll(async () => {
  await host.close()
  await other.close()
  server.stop()
})

const login = (): Readonly<Record<string, Json>> => ({ login_unix_socket: server.socket, config_file: '' })
const accounts = (): string => server.sql("SELECT GROUP_CONCAT(QUOTE(User), QUOTE(Host), Priv ORDER BY User, Host SEPARATOR '\\n') FROM mysql.global_priv; SELECT * FROM mysql.db; SELECT Host, Db, User, Table_name, Table_priv, Column_priv FROM mysql.tables_priv; SELECT Host, Db, User, Table_name, Column_name, Column_priv FROM mysql.columns_priv; SELECT Host, Db, User, Routine_name, Proc_priv FROM mysql.procs_priv; SHOW DATABASES").replace(/"(?:password_last_changed|access|version_id)":\d+,?|,?"(?:ssl_type|password_lifetime)":(?:0|-1)|,?"(?:ssl_cipher|x509_\w+)":""|,(?=})/g, '')

async function keeps(module: Parameters<LiveHost['run']>[0], args: Readonly<Record<string, Json>>, undone = true): Promise<LiveOutcome> {
  const before = accounts()
  const first = await host.run(module, { ...login(), ...args })
  expect(first).toMatchObject({ predicted: true, changed: true, changedAgain: false })
  expect(await first.undo(), 'can be taken back').toBe(undone)
  if (undone) {
    expect(accounts()).toBe(before)
    await host.run(module, { ...login(), ...args })
  }
  return first
}

describe('mysql_db', () => {
  it('keeps databases', async () => {
    expect((await keeps(mysqlDb, { name: ['one', 'tw`o'], encoding: 'utf8mb4', collation: 'utf8mb4_bin' })).result).toEqual({
      db: 'one tw`o', db_list: ['one', 'tw`o'], executed_commands: ['CREATE DATABASE `one` CHARACTER SET \'utf8mb4\' COLLATE \'utf8mb4_bin\'', 'CREATE DATABASE `tw``o` CHARACTER SET \'utf8mb4\' COLLATE \'utf8mb4_bin\''],
    })
    expect((await keeps(mysqlDb, { name: ['one', 'tw`o', 'none'], state: 'absent' }, false)).result.executed_commands).toEqual(['DROP DATABASE `one`', 'DROP DATABASE `tw``o`'])
    await expect(host.run(mysqlDb, { ...login(), name: 'x', encoding: 'a; DROP' })).rejects.toThrow("'a; DROP' is no name of an encoding")
  })

  it.each(['a.sql', 'a.sql.gz', 'a.sql.xz'])('dumps to %s and imports it', async (file) => {
    server.sql("DELETE FROM shop.prices; INSERT INTO shop.prices VALUES (1, 9.99, 'grün', '2024-01-02 03:04:05')")
    const target = join(server.folder, file)
    expect(await host.run(mysqlDb, { ...login(), name: 'shop', state: 'dump', target })).toMatchObject({ predicted: true, changed: true })
    const name = `copy of ${file}`
    expect((await host.run(mysqlDb, { ...login(), name, state: 'import', target })).result.executed_commands).toHaveLength(2)
    expect(server.sql(`SELECT name FROM \`${name}\`.prices`)).toBe('grün')
    await expect(host.run(mysqlDb, { ...login(), name: 'no_such', state: 'dump', target })).rejects.toThrow("Cannot dump database(s) 'no_such' - not found")
  })

  it('has the password of a dump in no command line', async () => {
    const { result } = await host.run(mysqlDb, { login_host: '127.0.0.1', login_port: server.port, login_user: 'tcp', login_password: 'tcp-secret', config_file: '', name: 'shop', state: 'dump', target: join(server.folder, 'b.sql') })
    expect(JSON.stringify(result)).not.toContain('tcp-secret')
  })

  it('hands over any password, beside options of a file', async () => {
    const password = 'a"b\\c#d \'e'
    await host.run(mysqlUser, { ...login(), name: 'odd', host: '%', password, priv: 'shop.*:ALL' })
    const options = join(server.folder, 'odd.cnf')
    writeFileSync(options, '[client]\npassword = wrong\n[mysqldump]\nskip-dump-date\nskip-lock-tables\n')
    const as = { login_host: '127.0.0.1', login_port: server.port, login_user: 'odd', login_password: password, config_file: options }
    expect(await host.run(mysqlDb, { ...as, name: 'shop', state: 'dump', target: join(server.folder, 'c.sql') })).toMatchObject({ changed: true })
    expect(readFileSync(join(server.folder, 'c.sql'), 'utf8')).toMatch(/-- Dump completed\n/)
  })
})

describe('mysql_user', () => {
  it('makes an account with everything, never shows its password, and takes it back', async () => {
    const args = { name: "o'Neil", host: '10.%', password: "p'a\\ss", priv: 'shop.*:SELECT,INSERT/shop.prices:UPDATE(price,id),GRANT', tls_requires: { SSL: null }, resource_limits: { MAX_USER_CONNECTIONS: 5 }, locked: true }
    const { result } = await keeps(mysqlUser, args)
    expect(result).toMatchObject({ user: "o'Neil", msg: 'User added', password_changed: true, queries: [
      "CREATE USER 'o''Neil'@'10.%' IDENTIFIED BY PASSWORD '********'", "ALTER USER 'o''Neil'@'10.%' REQUIRE SSL", "ALTER USER 'o''Neil'@'10.%' WITH MAX_USER_CONNECTIONS 5", "ALTER USER 'o''Neil'@'10.%' ACCOUNT LOCK",
      "GRANT INSERT, SELECT ON `shop`.* TO 'o''Neil'@'10.%'", "GRANT UPDATE (`id`, `price`) ON `shop`.`prices` TO 'o''Neil'@'10.%' WITH GRANT OPTION",
    ] })
    expect(await host.run(mysqlUser, { ...login(), ...args, password: '*AB7C8F8D7C8F8D7C8F8D7C8F8D7C8F8D7C8F8D7C', update_password: 'on_create' })).toMatchObject({ changed: false, result: { msg: 'User unchanged', queries: [] } })
  })

  it('changes privileges, all, some more or some less, and takes that back', async () => {
    await host.run(mysqlUser, { ...login(), name: 'ann', password: 'x' })
    const queries = async (args: Readonly<Record<string, Json>>): Promise<Json> => (await keeps(mysqlUser, { name: 'ann', ...args })).result.queries ?? null
    expect(await queries({ priv: '*.*:ALL,GRANT' })).toEqual(["GRANT ALL PRIVILEGES ON *.* TO 'ann'@'localhost' WITH GRANT OPTION"])
    expect(await queries({ priv: { 'shop.*': 'select, delete', '`shop`.`prices`': 'INSERT' } })).toEqual(["REVOKE GRANT OPTION ON *.* FROM 'ann'@'localhost'", "REVOKE ALL PRIVILEGES ON *.* FROM 'ann'@'localhost'", "GRANT DELETE, SELECT ON `shop`.* TO 'ann'@'localhost'", "GRANT INSERT ON `shop`.`prices` TO 'ann'@'localhost'"])
    expect(await queries({ priv: 'shop.*:UPDATE', append_privs: true })).toEqual(["GRANT UPDATE ON `shop`.* TO 'ann'@'localhost'"])
    expect(await queries({ priv: 'shop.*:UPDATE,EXECUTE/mysql.*:ALL', subtract_privs: true })).toEqual(["REVOKE UPDATE ON `shop`.* FROM 'ann'@'localhost'"])
    expect(await queries({ tls_requires: { CIPHER: 'AES', SUBJECT: '/CN=a' } })).toEqual(["ALTER USER 'ann'@'localhost' REQUIRE SUBJECT '/CN=a' AND CIPHER 'AES'"])
    expect(await queries({ password_expire: 'interval', password_expire_interval: 30 })).toEqual(["ALTER USER 'ann'@'localhost' PASSWORD EXPIRE INTERVAL 30 DAY"])
    await expect(queries({ priv: '*.*:DANCE' })).rejects.toThrow(/You have an error in your SQL syntax/)
  })

  it('changes passwords, which can log in then, at all hosts', async () => {
    for (const at of ['localhost', '127.0.0.1']) await host.run(mysqlUser, { ...login(), name: 'bob', host: at, password: 'first' })
    const changed = await keeps(mysqlUser, { name: 'bob', host_all: true, password: 'second' }, false)
    expect(changed.result).toMatchObject({ msg: 'Password updated', password_changed: true, queries: ["ALTER USER 'bob'@'127.0.0.1' IDENTIFIED BY PASSWORD '********'", "ALTER USER 'bob'@'localhost' IDENTIFIED BY PASSWORD '********'"] })
    const ask = (password: string) => host.run(mysqlQuery, { login_host: '127.0.0.1', login_port: server.port, login_user: 'bob', login_password: password, config_file: '', query: 'SELECT CURRENT_USER() AS me' })
    expect((await ask('second')).result.query_result).toEqual([[{ me: expect.stringContaining('bob@') as unknown }]])
    await expect(ask('first')).rejects.toThrow('Access denied for user')
    await keeps(mysqlUser, { name: 'bob', host_all: true, state: 'absent' }, false)
    await expect(host.run(mysqlUser, { ...login(), name: 'bob', host_all: true })).rejects.toThrow('host_all parameter cannot be used when adding a user')
  })

  it('grants what counts at once, in sessions that are open too', async () => {
    const as = { login_host: '127.0.0.1', login_port: server.port, login_user: 'late', login_password: 'x', config_file: '', query: 'SELECT COUNT(*) FROM mysql.db' }
    await host.run(mysqlUser, { ...login(), name: 'late', host: '%', password: 'x' })
    await expect(host.run(mysqlQuery, as)).rejects.toThrow('command denied')
    await host.run(mysqlUser, { ...login(), name: 'late', host: '%', priv: '*.*:ALL' })
    expect(await host.run(mysqlQuery, as)).toMatchObject({ changed: false })
  })

  it('makes accounts of other plugins', async () => {
    expect((await keeps(mysqlUser, { name: 'sock', plugin: 'unix_socket' })).result.queries).toEqual(["CREATE USER 'sock'@'localhost' IDENTIFIED WITH unix_socket"])
    await keeps(mysqlUser, { name: 'hashed', plugin: 'mysql_native_password', plugin_auth_string: 'pw' })
  })
})

describe('mysql_query', () => {
  const query = (args: Readonly<Record<string, Json>>, from = host) => from.run(mysqlQuery, { ...login(), login_db: 'shop', ...args })

  it('gives values their types, and tells of every statement', async () => {
    await query({ query: 'DELETE FROM prices' })
    const { result, changed } = await query({ query: ['INSERT INTO prices VALUES (%s, %s, %s, %s)', 'SELECT * FROM prices WHERE id = %(x)s'].slice(0, 1), positional_args: [1, 2.5, "it's \\ 100%", '2024-01-02 03:04:05'] })
    expect(changed).toBe(true)
    expect(result.rowcount).toEqual([1])
    expect((await query({ query: 'SELECT * FROM prices WHERE id = %(x)s AND name LIKE \'%%100%%\'', named_args: { x: 1 } })).result).toMatchObject({ query_result: [[{ id: 1, price: 2.5, name: "it's \\ 100%", seen: '2024-01-02T03:04:05' }]], executed_queries: ["SELECT * FROM prices WHERE id = 1 AND name LIKE '%100%'"] })
    expect(await query({ query: 'UPDATE prices SET name = name' })).toMatchObject({ changed: false })
    expect(await query({ query: 'UPDATE prices SET id = 7' })).toMatchObject({ changed: true })
  })

  it('does all or nothing where that is wanted', async () => {
    await expect(query({ query: ['DELETE FROM prices', 'SELECT no_such FROM prices'], single_transaction: true })).rejects.toThrow("Unknown column 'no_such'")
    expect((await query({ query: 'SELECT COUNT(*) AS n FROM prices' })).result.query_result).toEqual([[{ n: 1 }]])
  })

  it('logs in by the socket as the user of the task, and by the option file', async () => {
    const whoami = { query: 'SELECT CURRENT_USER() AS me', login_db: 'information_schema' }
    expect((await query(whoami)).result.query_result).toEqual([[{ me: 'root@localhost' }]])
    expect((await query(whoami, other)).result.query_result).toEqual([[{ me: 'nobody@localhost' }]])
    await expect(query({ ...whoami, login_user: 'root' }, other)).rejects.toThrow('Access denied for user')
    const file = join(server.folder, 'my.cnf')
    writeFileSync(file, `[client]\nuser = tcp\npassword = "tcp-secret"\nhost=127.0.0.1\nport=${server.port}\n[mysqld]\nuser=no\n`)
    expect((await host.run(mysqlInfo, { config_file: file, login_host: '127.0.0.1', login_port: server.port, filter: ['version'] })).result).toMatchObject({ server_engine: 'MariaDB' })
    const wrong = await host.run(mysqlQuery, { config_file: '', login_host: '127.0.0.1', login_port: 1, query: 'SELECT 1', login_password: 'never-shown' }).catch(String)
    expect(wrong).toMatch(/Cannot reach MySQL as root@127.0.0.1:1/)
    expect(wrong).not.toContain('never-shown')
  })
})

describe('mysql_variables and mysql_info', () => {
  it('keeps variables', async () => {
    const before = server.sql('SELECT @@global.max_connections')
    const set = await host.run(mysqlVariables, { ...login(), variable: 'max_connections', value: '77' })
    expect(set).toMatchObject({ predicted: true, changed: true, changedAgain: false, result: { queries: ['SET GLOBAL `max_connections` = 77'], msg: `Variable change succeeded prev_value=${before}` } })
    expect(await set.undo()).toBe(true)
    expect(server.sql('SELECT @@global.max_connections')).toBe(before)
    expect(await host.run(mysqlVariables, { ...login(), variable: 'read_only', value: 'off' })).toMatchObject({ changed: false, result: { msg: 'Variable is already set to requested value.' } })
    expect((await host.run(mysqlVariables, { ...login(), variable: 'read_only' })).result.msg).toBe('OFF')
    await expect(host.run(mysqlVariables, { ...login(), variable: 'no_such', value: '1' })).rejects.toThrow('Variable not available "no_such"')
    await expect(host.run(mysqlVariables, { ...login(), variable: 'a b', value: '1' })).rejects.toThrow('invalid variable name "a b"')
  })

  it('tells what is there', async () => {
    const { result } = await host.run(mysqlInfo, login())
    expect(result).toMatchObject({ server_engine: 'MariaDB', version: { major: 10 }, databases: { shop: { tables: 1 } }, settings: { port: server.port }, engines: { InnoDB: { Support: 'DEFAULT' } }, users: { localhost: { root: { Super_priv: 'Y' } } }, master_status: {}, slave_status: {} })
    expect((await host.run(mysqlInfo, { ...login(), filter: ['version'] })).result).not.toHaveProperty('settings')
  })
})
