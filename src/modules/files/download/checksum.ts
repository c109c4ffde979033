import { createHash } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import { CHECKSUM_ALGORITHMS } from '../checksum-probe.ts'

/** As Python names them; hosts have programs only for those of `CHECKSUM_ALGORITHMS`. */
const DIGEST_ALGORITHMS = [...CHECKSUM_ALGORITHMS, 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512'] as const

export type DigestAlgorithm = typeof DIGEST_ALGORITHMS[number]

/** `sha256:...` as `get_url` takes it. */
export interface WantedChecksum {
  readonly algorithm: DigestAlgorithm
  /** The digest itself, or the address of a list of digests and file names. */
  readonly digest: string
  readonly isAddress: boolean
}

export function parseChecksum(text: string): WantedChecksum {
  const at = text.indexOf(':')
  const algorithm = DIGEST_ALGORITHMS.find((name) => name === text.slice(0, at).trim().toLowerCase())
  const rest = text.slice(at + 1).trim()
  if (at < 0 || algorithm === undefined) throw new ModuleFailure('The checksum parameter has to be in format <algorithm>:<checksum>')
  const isAddress = /^(?:https?|file):/.test(rest)
  const digest = isAddress ? rest : rest.replace(/\W/g, '').toLowerCase()
  if (!isAddress && !/^[0-9a-f]+$/.test(digest)) throw new ModuleFailure('The checksum format is invalid: a digest has hexadecimal digits only')
  return { algorithm, digest, isAddress }
}

/** The digest for a file name in a list such as sha256sum writes; a list of one line may leave the name out. */
export function digestFrom(list: string, name: string): string | undefined {
  // Some lists end digests with a dot.
  const lines = list.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const only = lines[0]
  if (lines.length === 1 && only !== undefined && !/\s/.test(only)) return only.replace(/\W/g, '').toLowerCase()
  const found = lines.map((line) => /^([0-9a-fA-F]+)\.?\s+[*.]?\/?(.*)$/.exec(line)).find((match) => match !== null && match[2]?.replace(/^.*\//, '') === name)
  return found?.[1]?.toLowerCase()
}

export function digestOf(content: Uint8Array, algorithm: DigestAlgorithm): string {
  return createHash(algorithm.replace('_', '-')).update(content).digest('hex')
}
