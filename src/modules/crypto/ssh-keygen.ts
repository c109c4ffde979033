import { createHash } from 'node:crypto'
import { CommandError } from '../../remote/remote.ts'
import type { ScriptProbe } from '../../remote/probe.ts'
import { quote, quoteAll } from '../../text/shell-quote.ts'

/** What can be said of a private key of OpenSSH without its leaving the host. */
export interface SshKey {
  readonly type: string
  readonly size: number
  readonly fingerprint: string
  /** `ssh-ed25519 AAAA...`. */
  readonly publicKey: string
  readonly format: 'ssh' | 'pkcs1' | 'pkcs8'
}

/** Null: there is a file that cannot be read as a key with this passphrase; undefined: there is none. */
export type FoundSshKey = SshKey | null | undefined

export function sshKeyProbe(path: string, passphrase: string | undefined): ScriptProbe<FoundSshKey> {
  const file = quote(path)
  return {
    kind: 'script',
    key: `ssh-keypair:${path}:${passphrase === undefined ? '' : createHash('sha256').update(passphrase).digest('hex').slice(0, 16)}`,
    script: `[ -f ${file} ] || exit 0
command -v ssh-keygen >/dev/null || { echo 'Failed to find required executable "ssh-keygen"' >&2; exit 127; }
echo "F $(head -n 1 ${file} | tr -cd 'A-Z ')"
${passphrase === undefined ? `ssh-keygen -y -P '' -f ${file} 2>/dev/null` : `ssh-keygen -y -P '' -f ${file} >/dev/null 2>&1 || {\n${asking(passphrase)}\nssh-keygen -y -f ${file} 2>/dev/null\n}`}; :`,
    parse: (result) => {
      if (result.status !== 0) throw new CommandError(`read the key ${path}`, result)
      return parse(result.stdout.toString('utf8'))
    },
    readsPaths: [path],
  }
}

/** Has ssh-keygen ask a script for the passphrase, which no program has among its words. */
function asking(passphrase: string): string {
  return `d=$(umask 077; mktemp -d) || exit
trap 'rm -rf "$d"' EXIT
(umask 077; printf '%s\\n' ${quote(passphrase)} >"$d/pass"; printf '%s\\n' '#!/bin/sh' 'cat "\${0%/*}/pass"' >"$d/ask"; chmod 700 "$d/ask")
SSH_ASKPASS=$d/ask SSH_ASKPASS_REQUIRE=force DISPLAY=\${DISPLAY:-:0}; export SSH_ASKPASS SSH_ASKPASS_REQUIRE DISPLAY`
}

function parse(text: string): FoundSshKey {
  if (text === '') return undefined
  const [head = '', publicKey = ''] = text.split('\n')
  const [kind = '', data = ''] = publicKey.split(' ')
  if (data === '') return null
  const format = head.includes('OPENSSH') ? 'ssh' : /BEGIN (?:ENCRYPTED )?PRIVATE/.test(head) ? 'pkcs8' : 'pkcs1'
  return { ...described(kind, data), publicKey: `${kind} ${data}`, format }
}

function described(kind: string, data: string): Pick<SshKey, 'type' | 'size' | 'fingerprint'> {
  const bytes = Buffer.from(data, 'base64')
  const fingerprint = fingerprintOf(`${kind} ${data}`)
  const curve = /nistp(\d+)$/.exec(kind)?.[1]
  if (curve !== undefined) return { type: 'ecdsa', size: Number(curve), fingerprint }
  const number = { 'ssh-rsa': 2, 'ssh-dss': 1 }[kind]
  if (number === undefined) return { type: kind.replace(/^ssh-/, ''), size: 256, fingerprint }
  return { type: kind === 'ssh-rsa' ? 'rsa' : 'dsa', size: bitsOf(fieldOf(bytes, number)), fingerprint }
}

/** `SHA256:...` of a public key of OpenSSH. */
export function fingerprintOf(publicKey: string): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64')).digest('base64').replace(/=+$/, '')}`
}

function fieldOf(bytes: Buffer, index: number): Buffer {
  const length = bytes.readUInt32BE(0)
  return index === 0 ? bytes.subarray(4, 4 + length) : fieldOf(bytes.subarray(4 + length), index - 1)
}

function bitsOf(number: Buffer): number {
  return BigInt(`0x0${number.toString('hex')}`).toString(2).length
}

export interface NewPair {
  readonly path: string
  readonly type: string
  readonly size: number
  readonly comment: string
  readonly passphrase: string | undefined
  readonly format: 'auto' | 'pkcs1' | 'pkcs8' | 'ssh'
}

const FORMATS = { auto: '', ssh: '-m RFC4716 ', pkcs1: '-m PEM ', pkcs8: '-m PKCS8 ' } as const

/** Makes a pair in the place of the old one; prints the public key. Files that were there pass owner and permissions on. */
export function generateScript({ path, type, size, comment, passphrase, format }: NewPair): string {
  const [file, publicFile] = [quote(path), quote(`${path}.pub`)]
  return `t=${quote(`${path}.tsplay-part`)}
${passphrase === undefined ? 'd=' : asking(passphrase)}
trap 'rm -rf "$t" "$t.pub" \${d:+"$d"}' EXIT
rm -f "$t" "$t.pub"
ssh-keygen -q ${FORMATS[format]}-t ${type} -b ${size} -C ${quote(comment)} ${passphrase === undefined ? "-N '' " : ''}-f "$t" </dev/null >&2 || exit
for p in '' .pub; do
[ -e ${file}"$p" ] && chmod --reference=${file}"$p" "$t$p" 2>/dev/null && chown --reference=${file}"$p" "$t$p" 2>/dev/null
done
# Programs refuse a private key that others can read.
chmod go= "$t"
mv -f "$t" ${file} && mv -f "$t.pub" ${publicFile} && cat ${publicFile}`
}

/** Sets the comment within the private key, where it has one, and in the public one. */
export function commentScript({ path, comment, passphrase }: Pick<NewPair, 'path' | 'comment' | 'passphrase'>): string {
  return `${passphrase === undefined ? '' : `${asking(passphrase)}\n`}${quoteAll(['ssh-keygen', '-q', '-c', '-C', comment])} ${passphrase === undefined ? "-P '' " : ''}-f ${quote(path)} </dev/null >/dev/null`
}
