import type { ArgumentsOf, ArgumentSpec } from '../../module/argument-spec.ts'

/** Arguments of `synchronize`. */
export const synchronizeArguments = {
  src: { type: 'str', required: true, description: 'Source; with a slash at its end, what is in the folder.' },
  dest: { type: 'str', required: true, description: 'Destination.' },
  mode: { type: 'str', choices: ['push', 'pull'], default: 'push', description: 'Which way: to the host, or from it.' },
  archive: { type: 'bool', default: true, description: 'Keep nearly everything and look into folders, as `--archive`.' },
  checksum: { type: 'bool', default: false, description: 'Compare content, not time and size.' },
  compress: { type: 'bool', default: true, description: 'Compress on the way.' },
  existing_only: { type: 'bool', default: false, description: 'Make no new files.' },
  delete: { type: 'bool', default: false, description: 'Remove what the source does not have.' },
  delay_updates: { type: 'bool', default: true, description: 'Put all files in place at the end.' },
  partial: { type: 'bool', default: false, description: 'Keep what was transferred of a file when it breaks off.' },
  dirs: { type: 'bool', default: false, description: 'Transfer folders without looking into them.' },
  recursive: { type: 'bool', description: 'Look into folders; as `archive` unless set.' },
  links: { type: 'bool', description: 'Copy links as links; as `archive` unless set.' },
  copy_links: { type: 'bool', default: false, description: 'Copy what links point to.' },
  perms: { type: 'bool', description: 'Keep permissions; as `archive` unless set.' },
  times: { type: 'bool', description: 'Keep times; as `archive` unless set.' },
  owner: { type: 'bool', description: 'Keep owners; as `archive` unless set.' },
  group: { type: 'bool', description: 'Keep groups; as `archive` unless set.' },
  rsync_path: { type: 'str', description: 'The rsync program at the other end.' },
  rsync_timeout: { type: 'int', default: 0, description: 'Seconds without data after which it fails; 0 for none.' },
  rsync_opts: { type: 'list', elements: 'str', default: [], description: 'Further options.' },
  link_dest: { type: 'list', elements: 'str', description: 'Folders whose files are linked to instead of copied when they are the same.' },
  dest_port: { type: 'int', description: 'Port of the ssh server.' },
  private_key: { type: 'path', description: 'Key for ssh.' },
  set_remote_user: { type: 'bool', default: true, description: 'Put the user of the connection before the host.' },
  use_ssh_args: { type: 'bool', default: true, description: 'Give ssh the options that the connection has.' },
  ssh_args: { type: 'str', description: 'Options for ssh, as text.' },
  verify_host: { type: 'bool', default: true, description: 'Check the host key, as every connection does unless host key checking is off.' },
  ssh_connection_multiplexing: { type: 'bool', default: false, description: 'Let ssh share connections.' },
} as const satisfies ArgumentSpec

export type SynchronizeArguments = ArgumentsOf<typeof synchronizeArguments>

/** Mark before each changed item in what rsync says. */
export const CHANGED = '<<CHANGED>>'

/** Options of the rsync program, without source and destination. */
export function rsyncOptions(given: SynchronizeArguments): readonly string[] {
  return [
    ...flags({
      '--delay-updates': given.delay_updates, '--compress': given.compress, '--checksum': given.checksum, '--archive': given.archive, '--copy-links': given.copy_links,
      '--existing': given.existing_only, '--delete-after': given.delete, '--dirs': given.dirs, '--partial': given.partial,
    }),
    ...archiveParts(given),
    ...(given.rsync_timeout > 0 ? [`--timeout=${given.rsync_timeout}`] : []),
    ...(given.link_dest ?? []).map((folder) => `--link-dest=${folder}`),
    ...given.rsync_opts,
    `--out-format=${CHANGED}%i %n%L`,
  ]
}

const PARTS = ['recursive', 'links', 'perms', 'times', 'owner', 'group'] as const

/** Within `--archive` a part is switched off; without it, on. */
function archiveParts(given: SynchronizeArguments): readonly string[] {
  return PARTS.flatMap((part) => {
    if (given[part] === undefined || given[part] === given.archive) return []
    return [given[part] ? `--${part}` : `--no-${part}`]
  })
}

function flags(all: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(all).filter(([, on]) => on).map(([flag]) => flag)
}

/** Changed items in what rsync said: `>f+++++++++ app.conf`. */
export function changedItems(output: string): readonly string[] {
  return output.split('\n').filter((line) => line.startsWith(CHANGED)).map((line) => line.slice(CHANGED.length))
}
