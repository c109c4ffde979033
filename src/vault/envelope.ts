import { VaultError } from './vault-error.ts'

const MARK = '$ANSIBLE_VAULT'
const CIPHER = 'AES256'
const LINE_LENGTH = 80
/** Content under this label is written in format 1.1, which has none. */
const UNLABELLED = 'default'

/** Encrypted content as it stands in a file: a header of format, cipher and perhaps a label, then hexadecimal lines. */
export interface Envelope {
  /** The vault id that it was encrypted for; format 1.1 has none. */
  readonly label: string | undefined
  readonly body: string
}

/** Whether a text or file content is encrypted by vault. */
export function isVaultText(data: string | Uint8Array): boolean {
  const start = typeof data === 'string' ? data.slice(0, MARK.length) : Buffer.from(data.buffer, data.byteOffset, Math.min(data.length, MARK.length)).toString('latin1')
  return start === MARK
}

/** Takes header and body apart. */
export function openEnvelope(text: string): Envelope {
  const [header = '', ...lines] = text.split(/\r\n|\r|\n/)
  const [mark, version, cipher, label] = header.trim().split(';').map((part) => part.trim())
  if (mark !== MARK) throw new VaultError('not-encrypted', 'input is not vault encrypted data')
  if (version === undefined || cipher === undefined) throw headerError(`'${header.trim()}' is not of the form ${MARK};1.1;${CIPHER}`)
  if (cipher !== CIPHER) throw headerError(`${cipher} cipher could not be found`)
  // Inline values come with the indentation of their block.
  return { label: label === '' ? undefined : label, body: lines.map((line) => line.trim()).join('') }
}

/** The text to write: format 1.2 with the label if there is one, else 1.1. */
export function sealEnvelope(body: string, label: string | undefined): string {
  const isLabelled = label !== undefined && label !== '' && label !== UNLABELLED
  const header = isLabelled ? `${MARK};1.2;${CIPHER};${label}` : `${MARK};1.1;${CIPHER}`
  const lines = body.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? []
  return [header, ...lines, ''].join('\n')
}

function headerError(reason: string): VaultError {
  return new VaultError('damaged', `Vault envelope format error: ${reason}`, 'Formats 1.1 and 1.2 with AES256 can be read; older ones must be converted by ansible-vault rekey')
}
