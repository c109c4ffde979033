import { EvaluationError } from '../evaluation-error.ts'

/** The text of bytes in an encoding, as Python names it. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding.replace(/^latin-?1$/i, 'iso-8859-1').replace(/_/g, '-')).decode(bytes)
  } catch {
    throw new EvaluationError('lookup-failed', `Cannot use the encoding '${encoding}': no such encoding`)
  }
}
