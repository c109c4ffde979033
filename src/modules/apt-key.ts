import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { quoteAll } from '../text/shell-quote.ts'
import { installedKeysProbe, keyIdProbe } from './system/apt-sources/gpg-probes.ts'
import { fetchedKey } from './system/apt-sources/signing-key.ts'

const args = {
  id: { type: 'str', description: 'Id or fingerprint of the key; found from the key itself where it is given.' },
  data: { type: 'str', description: 'The key.' },
  file: { type: 'path', description: 'File on the host that holds the key.' },
  url: { type: 'str', description: 'Address of the key.' },
  keyserver: { type: 'str', description: 'Server that has the key; needs `id`.' },
  keyring: { type: 'path', description: 'File of keys, in place of the usual ones.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether the certificate of the address must be trusted.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether apt is to trust it.' },
} as const

/** `ansible.builtin.apt_key`: keys that apt trusts, by the apt-key program. */
export const aptKey = defineModule({
  name: 'apt_key',
  summary: 'Keep a key that apt trusts, by apt-key.',
  args,
  constraints: { exclusive: [['data', 'file', 'keyserver', 'url']] },
  examples: [
    { name: 'From the web', args: { url: 'https://download.example.com/key.asc', id: 'C341146A4805EDD11A62C4A724ED8FE30220C4F6' } },
    { name: 'From a server of keys', args: { keyserver: 'keyserver.ubuntu.com', id: '36A1D7869245C8950F966E92D8576A8BA88D21E9' } },
    { name: 'No more', args: { id: '36A1D7869245C8950F966E92D8576A8BA88D21E9', state: 'absent' } },
  ],
  observe: async (given, remote): Promise<KeyState> => {
    const [id, installed] = await Promise.all([idOf(given, remote), remote.read(installedKeysProbe(given.keyring))])
    return { id, keys: installed }
  },
  diff: ({ state }, before) => {
    const isThere = before.keys.some((key) => key.endsWith(before.id))
    if (isThere === (state === 'present')) return undefined
    const keys = isThere ? before.keys.filter((key) => !key.endsWith(before.id)) : [...before.keys, before.id]
    const after = { ...before, keys }
    return { before, after, fields: { before: listed(before), after: listed(after) }, diff: [{ before: isThere ? `${before.id}\n` : '', after: isThere ? '' : `${before.id}\n` }] }
  },
  apply: async (given, { before, after }, remote) => {
    const { script, stdin } = await commandFor(given, { id: after.id, adds: after.keys.length > before.keys.length, remote })
    await remote.write({
      summary: `${after.keys.length > before.keys.length ? 'Add' : 'Remove'} key ${after.id}`,
      command: { script, ...stdin === undefined ? {} : { stdin } },
      effects: { keys: ['apt:*', 'apt-key:*'], paths: ['/etc/apt', ...given.keyring === undefined ? [] : [given.keyring]], predictions: [{ probe: installedKeysProbe(given.keyring), answer: after.keys }] },
    })
    return undefined
  },
  result: ({ id }, state) => ({ id: id ?? state.id, key_id: state.id, fp: state.id.slice(-16), short_id: state.id.slice(-8), before: listed(state) }),
})

/** Short ids where the task gives one, as Ansible lists them. */
function listed({ id, keys }: KeyState): readonly string[] {
  return id.length > 8 ? keys : keys.map((key) => key.slice(-8))
}

interface KeyState {
  /** Upper-case hexadecimal: a fingerprint, or its end. */
  readonly id: string
  /** Fingerprints. */
  readonly keys: readonly string[]
}

async function idOf(given: ArgumentsOf<typeof args>, remote: Remote): Promise<string> {
  const { id, keyserver, file } = given
  if (id === undefined && keyserver !== undefined) throw new ModuleFailure('Missing key_id, required with keyserver.')
  const found = id ?? await remote.read(keyIdProbe(file ?? await keyBytes(given, remote)))
  const plain = found.toUpperCase().replace(/^0X/, '').replaceAll(' ', '')
  if (!/^[0-9A-F]+$/.test(plain) || (plain.length !== 8 && plain.length < 16)) throw new ModuleFailure('Invalid key_id', { id: found })
  return plain
}

async function keyBytes({ data, url, validate_certs: checked }: ArgumentsOf<typeof args>, remote: Remote): Promise<Buffer> {
  if (data !== undefined) return Buffer.from(data)
  if (url !== undefined) return fetchedKey(url, remote, { checked })
  throw new ModuleFailure('one of id, data, file, url is needed to tell which key is meant')
}

interface Doing {
  readonly id: string
  readonly adds: boolean
  readonly remote: Remote
}

async function commandFor(given: ArgumentsOf<typeof args>, { id, adds, remote }: Doing): Promise<{ readonly script: string, readonly stdin?: Buffer }> {
  const program = ['apt-key', ...given.keyring === undefined ? [] : ['--keyring', given.keyring]]
  if (!adds) return { script: quoteAll([...program, 'del', id.slice(-8)]) }
  if (given.file !== undefined) return { script: quoteAll([...program, 'add', given.file]) }
  if (given.keyserver !== undefined) return { script: quoteAll([...program, 'adv', '--no-tty', '--keyserver', given.keyserver, '--recv', id]) }
  if (given.data === undefined && given.url === undefined) throw new ModuleFailure(`Cannot put key ${id} back: it was not kept`)
  return { script: quoteAll([...program, 'add', '-']), stdin: await keyBytes(given, remote) }
}
