import assert from 'node:assert/strict'
import type { Lab } from '../control/lab.ts'
import { firstNode, nodesWith, postgresqlNodes, rolesOf } from '../site/load.ts'
import type { Site } from '../site/types.ts'
import { on } from './hosts.ts'
import { test } from 'vitest'

/** The stand-ins for the platform's commands. */
export function checkPlatform(lab: Lab, site: Site): void {
  test('gen_node_list.py sorts the nodes into groups', () => nodeLists(lab, site))
  test('a changed configuration is built and reaches the nodes, the second time nothing happens', () => update(lab, site))
  test('exec_nodes.sh takes groups and hosts, and reports failures', () => execNodes(lab, site))
  test('modify_hyper_status.sh changes database zone', () => hyperStatus(lab, site))
  test('pitrix-postgresql replaces the old cluster, and pg_upmaster gives it a standby', () => newCluster(lab, site))
}

async function nodeLists(lab: Lab, { zones: [zone, fresh] }: Site): Promise<void> {
  const list = (group: string): Promise<string> => on(lab, zone.firstbox.name, `. /pitrix/conf/nodes/${group}; echo "\${nodes[@]}"`)
  assert.deepEqual((await list('all')).split(' ').sort(), zone.hosts.map(({ name }) => name).sort())
  assert.deepEqual((await list('vm')).split(' ').sort(), zone.hosts.filter(({ on: physical }) => physical !== undefined).map(({ name }) => name).sort())
  assert.deepEqual((await list('ks-phy')).split(' ').sort(), zone.hosts.filter((node) => node.on === undefined && !rolesOf(node).some((role) => role === 'hyper' || role === 'vgateway')).map(({ name }) => name).sort())
  assert.deepEqual((await list('pgserver')).split(' ').sort(), postgresqlNodes(zone).map(({ name }) => name).sort())
  assert.equal(await on(lab, fresh.firstbox.name, `cat /pitrix/conf/nodes/${fresh.id}-vg`), `nodes=( ${nodesWith(fresh, 'vgateway').map(({ name }) => name).join(' ')} );`)
}

async function update(lab: Lab, { zones: [zone] }: Site): Promise<void> {
  const push = '/pitrix/build/build_pkgs.py -p pitrix-global-conf >/dev/null && /pitrix/upgrade/update.sh all pitrix-global-conf'
  await on(lab, zone.firstbox.name, `sed -i 's/max_jobs: 200/max_jobs: 201/' /pitrix/conf/variables/global/server.yaml.${zone.id}`)
  assert.equal((await on(lab, zone.firstbox.name, push)).split('\n').length, zone.hosts.length)
  for (const { name } of zone.hosts) assert.equal(await on(lab, name, "grep -c 'max_jobs: 201' /pitrix/conf/global/server.yaml"), '1')
  assert.equal(await on(lab, zone.firstbox.name, push), '')
}

async function execNodes(lab: Lab, { zones: [zone] }: Site): Promise<void> {
  const [hyper, proxy] = [firstNode(zone, 'hyper').name, firstNode(zone, 'proxy').name]
  const lines = (await on(lab, zone.firstbox.name, `/pitrix/upgrade/exec_nodes.sh proxy,${hyper},${proxy} hostname`)).split('\n').sort()
  assert.deepEqual(lines, [...nodesWith(zone, 'proxy').map(({ name }) => name), hyper].sort().map((name) => `${name}: ${name}`))
  await assert.rejects(on(lab, zone.firstbox.name, `/pitrix/upgrade/exec_nodes.sh ${hyper} false`), new RegExp(`${hyper}: failed with 1`))
  await assert.rejects(on(lab, zone.firstbox.name, '/pitrix/upgrade/exec_nodes.sh nobody true'), /no group or node: nobody/)
}

async function hyperStatus(lab: Lab, { zones: [zone] }: Site): Promise<void> {
  await on(lab, zone.firstbox.name, '/pitrix/bin/modify_hyper_status.sh hyper standby')
  assert.equal(await on(lab, firstNode(zone, 'pgmaster').name, 'su - postgres -c "psql -XAt zone -c \\"SELECT DISTINCT status FROM hyper\\""'), 'standby')
}

/** As operators do it, with the names of the other zone put into /etc/hosts by hand. */
async function newCluster(lab: Lab, site: Site): Promise<void> {
  const [old, fresh] = site.zones
  const slave = firstNode(old, 'pgslave').name
  const standby = firstNode(fresh, 'pgserver')
  await on(lab, slave, `set -e; export DEBIAN_FRONTEND=noninteractive
    echo '${standby.address} ${standby.name}' >>/etc/hosts
    service postgresql stop; apt-get remove -y -qq postgresql-15; mkdir /backup; mv /etc/postgresql /backup/; mv /pitrix/postgresql /pitrix/postgresql-bak
    apt-get update -qq; apt-get install -y -qq pitrix-postgresql pitrix-postgresql-tools pitrix-pg-watcher
    service postgresql stop; mv /opt/postgresql-15 /pitrix/postgresql-15; ln -s /pitrix/postgresql-15 /opt/; service postgresql start
    su - postgres -c "psql -Xq postgres -c \\"CREATE ROLE replica REPLICATION LOGIN PASSWORD '${old.postgresql.replication_password}'\\" -c 'CREATE DATABASE mark'"
    /opt/postgresql/work/pg_upmaster ${standby.name}`)
  assert.equal(await on(lab, standby.name, `su - postgres -c "psql -XAt mark -c 'SELECT pg_is_in_recovery()'"`), 't')
  assert.match(await on(lab, slave, 'supervisorctl status pg_watcher'), /RUNNING/)
  assert.match(await on(lab, slave, 'service postgresql status; readlink -f /opt/postgresql/data'), /is running\n\/pitrix\/postgresql-15\/data$/)
}
