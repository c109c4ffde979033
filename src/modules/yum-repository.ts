import type { ArgumentsOf, ArgumentSpec } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { deprecationsField, type Deprecation } from './deprecations.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyTextChange, observeTextFile, textChange, textDestroyed, textPaths, type TextFile } from './files/text-file.ts'
import { parseRepositories, repositoriesText, sameRepositories, type Repositories } from './system/packages/repo-file.ts'

/** Options of a repository, as yum and dnf call them. */
const OPTIONS = {
  async: { type: 'bool', description: 'Whether metadata is fetched in parallel; hosts of today know nothing of it.' },
  bandwidth: { type: 'str', description: 'Greatest bandwidth, for `throttle`.' },
  baseurl: { type: 'list', elements: 'str', description: 'Where it is.' },
  cost: { type: 'str', description: 'Cost of access; cheaper ones are asked first.' },
  countme: { type: 'bool', description: 'Whether hosts are counted.' },
  deltarpm_metadata_percentage: { type: 'str', description: 'When the metadata of deltas is too large to be worth it.' },
  deltarpm_percentage: { type: 'str', description: 'When deltas are too large to be worth it.' },
  enabled: { type: 'bool', description: 'Whether it is used.' },
  enablegroups: { type: 'bool', description: 'Whether its groups are used.' },
  exclude: { type: 'list', elements: 'str', aliases: ['excludepkgs'], description: 'Packages that are left out.' },
  failovermethod: { type: 'str', choices: ['roundrobin', 'priority'], description: 'In which order several addresses are asked.' },
  gpgcakey: { type: 'str', description: 'Key of the authority of its keys.' },
  gpgcheck: { type: 'bool', description: 'Whether packages must be signed.' },
  gpgkey: { type: 'list', elements: 'str', description: 'Addresses of its keys.' },
  http_caching: { type: 'str', choices: ['all', 'packages', 'none'], description: 'What caches on the way may keep.' },
  include: { type: 'str', description: 'Another file of options.' },
  includepkgs: { type: 'list', elements: 'str', description: 'The only packages that are used.' },
  ip_resolve: { type: 'str', choices: ['4', '6', 'IPv4', 'IPv6', 'whatever'], description: 'Kind of addresses.' },
  keepalive: { type: 'bool', description: 'Whether connections are kept.' },
  keepcache: { type: 'str', choices: ['0', '1'], description: 'Whether downloaded packages are kept.' },
  metadata_expire: { type: 'str', description: 'How long metadata is good.' },
  metadata_expire_filter: { type: 'str', choices: ['never', 'read-only:past', 'read-only:present', 'read-only:future'], description: 'For which commands that counts.' },
  metalink: { type: 'str', description: 'Address of a list of mirrors with checksums.' },
  mirrorlist: { type: 'str', description: 'Address of a list of mirrors.' },
  mirrorlist_expire: { type: 'str', description: 'How long that list is good.' },
  module_hotfixes: { type: 'bool', description: 'Whether its packages come before those of modules.' },
  password: { type: 'str', secret: true, description: 'Password for the server.' },
  priority: { type: 'str', description: 'Priority; lower comes first.' },
  protect: { type: 'bool', description: 'Whether its packages are protected.' },
  proxy: { type: 'str', description: 'Proxy; `_none_` for none.' },
  proxy_password: { type: 'str', secret: true, description: 'Password for the proxy.' },
  proxy_username: { type: 'str', description: 'User for the proxy.' },
  repo_gpgcheck: { type: 'bool', description: 'Whether metadata must be signed.' },
  retries: { type: 'str', description: 'How often it is tried.' },
  s3_enabled: { type: 'bool', description: 'Whether it is in S3.' },
  skip_if_unavailable: { type: 'bool', description: 'Whether to go on without it.' },
  ssl_check_cert_permissions: { type: 'bool', description: 'Whether permissions of certificates are checked.' },
  sslcacert: { type: 'str', aliases: ['ca_cert'], description: 'Authorities of its certificate.' },
  sslclientcert: { type: 'str', aliases: ['client_cert'], description: 'Certificate to show.' },
  sslclientkey: { type: 'str', aliases: ['client_key'], description: 'Its key.' },
  sslverify: { type: 'bool', aliases: ['validate_certs'], description: 'Whether its certificate must be trusted.' },
  throttle: { type: 'str', description: 'Greatest use of bandwidth.' },
  timeout: { type: 'str', description: 'Seconds.' },
  ui_repoid_vars: { type: 'str', description: 'Variables that its name shows.' },
  username: { type: 'str', description: 'User for the server.' },
} as const satisfies ArgumentSpec

const args = {
  name: { type: 'str', required: true, description: 'Id of the repository.' },
  description: { type: 'str', description: 'What it is.' },
  file: { type: 'str', description: 'Name of its file, without `.repo`; default: the id.' },
  reposdir: { type: 'path', default: '/etc/yum.repos.d', description: 'Folder of such files.' },
  state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is to be there.' },
  ...OPTIONS,
  ...attributeArguments,
} as const

/** `ansible.builtin.yum_repository`: package archives of yum and dnf. */
export const yumRepository = withExtended(defineModule({
  name: 'yum_repository',
  summary: 'Keep an archive of RPM packages in yum.repos.d.',
  args,
  constraints: { requiredIf: [['state', 'present', ['description']]] },
  examples: [
    { name: 'EPEL', args: { name: 'epel', description: 'EPEL YUM repo', baseurl: 'https://download.fedoraproject.org/pub/epel/$releasever/$basearch/', gpgcheck: true } },
    { name: 'No more', args: { name: 'epel', file: 'external_repos', state: 'absent' } },
  ],
  prepare: async (given): Promise<ArgumentsOf<typeof args>> => {
    refuse(given)
    return given
  },
  observe: ({ reposdir, file, name }, remote) => observeTextFile(`${reposdir}/${file ?? name}.repo`, remote),
  diff: (given, before) => repositoryChange(given, before),
  apply: async (_, change, remote) => {
    await applyTextChange(change, remote)
    return undefined
  },
  result: (given) => ({ repo: given.name, state: given.state, ...deprecationsField(given.state === 'present' ? deprecated(given) : []) }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

/** Options that mean nothing to dnf. */
const WITHOUT_EFFECT = ['deltarpm_metadata_percentage', 'gpgcakey', 'http_caching', 'keepalive', 'metadata_expire_filter', 'mirrorlist_expire', 'protect', 'ssl_check_cert_permissions', 'ui_repoid_vars'] as const

function deprecated(given: ArgumentsOf<typeof args>): readonly Deprecation[] {
  const own: readonly (readonly [unknown, Deprecation])[] = [
    [given.keepcache, { msg: "'keepcache' parameter is deprecated as it is only valid in the main configuration.", version: '2.20' }],
    [given.async, { msg: "'async' parameter is deprecated as it has been removed on systems supported by ansible-core", version: '2.22' }],
    ...WITHOUT_EFFECT.map((name) => [given[name], { msg: `'${name}' parameter is deprecated as it has no effect with dnf as an underlying package manager.`, version: '2.22' }] as const),
  ]
  return own.flatMap(([value, told]) => (value === undefined ? [] : [told]))
}

function refuse({ name, state, baseurl, metalink, mirrorlist }: ArgumentsOf<typeof args>): void {
  if (name === 'main') throw new ModuleFailure("The repository ID must not be 'main': that is for the options of all")
  if (state === 'present' && (metalink ?? mirrorlist ?? baseurl) === undefined) throw new ModuleFailure("Parameter 'baseurl', 'metalink' or 'mirrorlist' is required.")
}

function repositoryChange(given: ArgumentsOf<typeof args>, before: TextFile): Change<TextFile> | undefined {
  const found = parseRepositories(before.text ?? '')
  const others = Object.fromEntries(Object.entries(found).filter(([name]) => name !== given.name))
  const wanted: Repositories = given.state === 'absent' ? others : { ...found, [given.name]: optionsOf(given) }
  if (sameRepositories(found, wanted)) return before.text === undefined ? undefined : textChange(before, before.text, given.state === 'present' ? given : {})
  if (Object.keys(wanted).length === 0) return textChange(before, undefined)
  return textChange(before, repositoriesText(wanted), before.text === undefined ? { ...given, mode: given.mode ?? '0644' } : given)
}

function optionsOf(given: ArgumentsOf<typeof args>): Readonly<Record<string, string>> {
  const options = (Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]).map((name) => [name, optionText(name, given[name])] as const)
  return Object.fromEntries([...options, ['name', given.description] as const].flatMap(([name, value]) => value === undefined ? [] : [[name, value]]).sort())
}

function optionText(name: string, value: string | boolean | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  return value.join(name === 'baseurl' || name === 'gpgkey' ? '\n' : ' ')
}
