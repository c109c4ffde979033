import type { ScriptProbe } from '../../remote/probe.ts'
import { quote } from '../../text/shell-quote.ts'

export const CHECKSUM_ALGORITHMS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const

export type ChecksumAlgorithm = typeof CHECKSUM_ALGORITHMS[number]

/** Whether hosts have a program for it. */
export function isHostAlgorithm(name: string): name is ChecksumAlgorithm {
  return CHECKSUM_ALGORITHMS.some((known) => known === name)
}

/** Checksum of a file's content, in lower-case hexadecimal; undefined for what is no readable file. */
export function checksumProbe(path: string, algorithm: ChecksumAlgorithm): ScriptProbe<string | undefined> {
  return {
    kind: 'script',
    key: `checksum:${algorithm}:${path}`,
    script: `[ -f ${quote(path)} ] && ${algorithm}sum < ${quote(path)}`,
    readsPaths: [path],
    parse: ({ status, stdout }) => (status === 0 ? stdout.toString('latin1').split(' ')[0] : undefined),
  }
}
