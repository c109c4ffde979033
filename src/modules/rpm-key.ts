import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { Remote } from '../remote/remote.ts'
import { quoteAll } from '../text/shell-quote.ts'
import { keyIdProbe } from './system/apt-sources/gpg-probes.ts'
import { fetchedFile } from './system/http/fetched-file.ts'

const args = {
  key: { type: 'str', required: true, description: 'The key: its address, a file on the host, or, for a key that is there, its id.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether rpm is to trust it.' },
  fingerprint: { type: 'list', elements: 'str', default: [], description: 'Fingerprints that the key must have, blanks or not.' },
  validate_certs: { type: 'bool', default: true, description: 'Whether the certificate of the address must be trusted.' },
} as const

/** `ansible.builtin.rpm_key`: keys of packagers that rpm trusts. */
export const rpmKey = defineModule({
  name: 'rpm_key',
  summary: 'Keep a key that rpm trusts.',
  args,
  examples: [
    { name: 'From its address', args: { key: 'https://packages.example.com/RPM-GPG-KEY-example', fingerprint: 'EBC6 E12C 62B1 C734 026B 2122 A20E 5214 6B8D 79E6' } },
    { name: 'No more', args: { key: '0x6b8d79e6', state: 'absent' } },
  ],
  observe: async (given, remote): Promise<KeyState> => {
    const [key, trusted] = await Promise.all([keyOf(given, remote), remote.read(TRUSTED)])
    return { ...key, trusted }
  },
  diff: ({ state, fingerprint }, before) => {
    const short = before.id.slice(-8)
    const isThere = before.trusted.some((version) => version.endsWith(short))
    if (isThere === (state === 'present')) return undefined
    if (isThere) return { before, after: { ...before, trusted: before.trusted.filter((version) => !version.endsWith(short)) }, diff: [{ before: `gpg-pubkey-${short}\n`, after: '' }] }
    if (before.isIdOnly) throw new ModuleFailure('When importing a key, a valid file must be given')
    const wanted = fingerprint.map((one) => one.replace(/\s/g, '').toLowerCase())
    if (wanted.some((one) => one !== before.id)) throw new ModuleFailure(`The specified fingerprint, '${wanted.join(', ').toUpperCase()}', does not match any key fingerprints in '${before.id.toUpperCase()}'`)
    return { before, after: { ...before, trusted: [...before.trusted, short] }, diff: [{ before: '', after: `gpg-pubkey-${short}\n` }] }
  },
  apply: async (given, { before, after }, remote) => {
    const adds = after.trusted.length > before.trusted.length
    const version = before.trusted.find((one) => one.endsWith(before.id.slice(-8))) ?? before.id.slice(-8)
    await remote.write({
      summary: `${adds ? 'Add' : 'Remove'} key ${before.id}`,
      command: adds ? await importing(given, remote) : { script: quoteAll(['rpm', '--erase', '--allmatches', `gpg-pubkey-${version}`]) },
      effects: { keys: ['rpm-keys', 'packages', 'package:gpg-pubkey'], predictions: [{ probe: TRUSTED, answer: after.trusted }] },
    })
    return undefined
  },
})

interface KeyState {
  /** Lower-case hexadecimal: a fingerprint, or its end. */
  readonly id: string
  /** There is no key to import, only the name of one. */
  readonly isIdOnly: boolean
  /** Versions of the packages that stand for keys: the ends of their ids. */
  readonly trusted: readonly string[]
}

const TRUSTED: ScriptProbe<readonly string[]> = {
  kind: 'script',
  key: 'rpm-keys',
  script: "rpm -qa gpg-pubkey --qf '%{VERSION}\\n'",
  parse: ({ status, stdout }) => {
    if (status === 127) throw new ModuleFailure('Failed to find required executable "rpm" on the host')
    return stdout.toString('utf8').split('\n').filter((line) => line !== '')
  },
}

async function keyOf({ key, validate_certs: checked }: ArgumentsOf<typeof args>, remote: Remote): Promise<Omit<KeyState, 'trusted'>> {
  if (key.includes('://')) return { id: (await remote.read(keyIdProbe(await fetchedFile(key, remote, { checked, failing: 'failed to fetch key at' })))).toLowerCase(), isIdOnly: false }
  if (/^(?:0x)?[0-9a-f]{8}/i.test(key)) return { id: key.trim().toLowerCase().replace(/^0x/, ''), isIdOnly: true }
  if ((await remote.stat(key))?.type !== 'file') throw new ModuleFailure(`Not a valid key ${key}`)
  return { id: (await remote.read(keyIdProbe(key))).toLowerCase(), isIdOnly: false }
}

async function importing({ key, validate_certs: checked }: ArgumentsOf<typeof args>, remote: Remote): Promise<{ readonly script: string, readonly stdin?: Buffer }> {
  if (!key.includes('://')) return { script: quoteAll(['rpm', '--import', key]) }
  return { script: 'f=$(mktemp) && cat >"$f" && rpm --import "$f"; r=$?; rm -f "$f"; (exit $r)', stdin: await fetchedFile(key, remote, { checked }) }
}
