import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { fetchedKey } from './signing-key.ts'

/** A source, and the key that signs it if that has to be fetched. */
export interface PpaSource {
  readonly line: string
  readonly key?: { readonly path: string, readonly text: string }
}

export interface PpaRequest {
  /** `ppa:OWNER/NAME`; NAME is `ppa` if left out. */
  readonly repo: string
  readonly codename: string | undefined
  readonly validate_certs: boolean
  readonly state: 'present' | 'absent'
}

/** What a personal package archive of Launchpad stands for. Its key is put among the trusted ones, as apt takes armoured ones there. */
export async function ppaSource({ repo, codename, validate_certs: checked, state }: PpaRequest, remote: Remote): Promise<PpaSource> {
  const [, owner = '', name = 'ppa'] = /^ppa:([^/]+)(?:\/(.+))?$/.exec(repo) ?? []
  if (owner === '') throw new ModuleFailure(`Invalid repository string: ${repo}`)
  const line = `deb https://ppa.launchpadcontent.net/${owner}/${name}/ubuntu ${codename ?? await remote.read(CODENAME)} main`
  if (state === 'absent') return { line }
  const about = JSON.parse((await fetchedKey(`https://api.launchpad.net/1.0/~${owner}/+archive/${name}`, remote, { checked })).toString('utf8')) as { readonly signing_key_fingerprint?: string }
  const print = about.signing_key_fingerprint ?? ''
  if (!/^[0-9A-F]{16,}$/i.test(print)) throw new ModuleFailure(`failed to fetch PPA information: ${repo} has no signing key`)
  const key = await fetchedKey(`https://keyserver.ubuntu.com/pks/lookup?op=get&options=mr&search=0x${print}`, remote, { checked })
  return { line, key: { path: `/etc/apt/trusted.gpg.d/${owner}-${name}.asc`, text: key.toString('latin1') } }
}

const CODENAME: ScriptProbe<string> = {
  kind: 'script',
  key: 'os-release:codename',
  script: '. /etc/os-release && echo "${VERSION_CODENAME:-$UBUNTU_CODENAME}"',
  parse: ({ stdout }) => stdout.toString('utf8').trim(),
  readsPaths: ['/etc/os-release'],
}
