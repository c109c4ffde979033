import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quote, quoteAll } from '../../../text/shell-quote.ts'

/** The user's own key pair. */
export interface SshKey {
  readonly path: string
  /** Null when there is none yet, neither a private nor a public one; empty when it cannot be told. */
  readonly fingerprint: string | null
  readonly publicKey: string | null
}

export interface WantedSshKey {
  readonly name: string
  readonly generate_ssh_key: boolean
  readonly ssh_key_file: string | undefined
  readonly ssh_key_type: string
  readonly ssh_key_bits: number
  readonly ssh_key_comment: string | undefined
  readonly ssh_key_passphrase: string | undefined
  readonly force: boolean
}

/** Where the key goes: relative paths are below the home folder. */
export function sshKeyPath({ ssh_key_file: file, ssh_key_type: type }: WantedSshKey, home: string): string {
  if (file === undefined) return `${home}/.ssh/id_${type}`
  return file.startsWith('/') ? file : `${home}/${file}`
}

export function sshKeyProbe(path: string): ScriptProbe<SshKey> {
  const [file, pub] = [quote(path), quote(`${path}.pub`)]
  return {
    kind: 'script',
    key: `ssh-key:${path}`,
    script: `if [ -e ${file} ] || [ -e ${pub} ] || [ -L ${pub} ]; then ssh-keygen -lf ${file} 2>/dev/null || echo; cat ${pub} 2>/dev/null; fi; true`,
    parse: ({ stdout }) => {
      const text = stdout.toString('utf8')
      const [fingerprint = '', publicKey = ''] = text.split('\n')
      return text === '' ? { path, fingerprint: null, publicKey: null } : { path, fingerprint, publicKey }
    },
    readsPaths: [path, `${path}.pub`],
  }
}

/** Makes the pair, with the user as its owner. A passphrase is handed over by a helper program, never by an argument. */
export async function makeSshKey(wanted: WantedSshKey, path: string, remote: Remote): Promise<void> {
  const { name, ssh_key_type: type, ssh_key_bits: bits, ssh_key_comment: comment, ssh_key_passphrase: passphrase } = wanted
  const words = ['-q', '-t', type, ...bits > 0 ? ['-b', String(bits)] : [], '-f', path, ...comment === undefined ? [] : ['-C', comment]]
  const [folder, owner] = [quote(path.slice(0, path.lastIndexOf('/'))), quote(name)]
  const make = passphrase === undefined ? `ssh-keygen -N '' ${quoteAll(words)}` : `${ASKPASS}\nDISPLAY=: SSH_ASKPASS="$a" SSH_ASKPASS_REQUIRE=force setsid ssh-keygen ${quoteAll(words)} </dev/null; s=$?; rm -f "$a"; [ "$s" = 0 ]`
  await remote.write({
    summary: `Make an SSH key for user ${name}`,
    command: {
      script: `if ! [ -d ${folder} ]; then mkdir -p ${folder} && chmod 700 ${folder} && chown ${owner}: ${folder}; fi &&
${wanted.force ? `rm -f ${quote(path)} ${quote(`${path}.pub`)} &&\n` : ''}{ ${make}; } &&
chown ${owner}: ${quote(path)} ${quote(`${path}.pub`)}`,
      ...passphrase === undefined ? {} : { environment: { TSPLAY_PASSPHRASE: passphrase } },
    },
    effects: { keys: [`ssh-key:${path}`], paths: [path, `${path}.pub`, path.slice(0, path.lastIndexOf('/'))] },
  })
}

const ASKPASS = `a=$(mktemp) && printf '#!/bin/sh\\nprintf "%%s\\\\n" "$TSPLAY_PASSPHRASE"\\n' >"$a" && chmod 700 "$a" &&`
