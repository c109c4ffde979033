import type { JsonObject } from '../../value/value.ts'
import type { RawFacts } from './raw-facts.ts'

/** `user_*`, and the ids of the process. */
export function userFacts(raw: RawFacts): JsonObject {
  const [ids = '', account = ''] = raw.part('user').split('\n')
  const [, uidText = '0', ownName = uidText, gidText = '0'] = /^uid=(\d+)(?:\(([^)]*)\))? gid=(\d+)/.exec(ids) ?? []
  const [uid, gid] = [Number(uidText), Number(gidText)]
  const [name, gecos, folder, shell] = [0, 4, 5, 6].map((index) => account.split(':')[index] ?? '') as [string, string, string, string]
  return {
    user_id: name || ownName,
    user_uid: uid, user_gid: gid, user_gecos: gecos, user_dir: folder, user_shell: shell,
    real_user_id: uid, effective_user_id: uid, real_group_id: gid, effective_group_id: gid,
  }
}

/** `env`: the environment that commands of tasks get. */
export function environmentFacts(raw: RawFacts): JsonObject {
  const entries = raw.part('environment').split('\0').filter((entry) => entry.includes('='))
  return { env: Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)])) }
}
