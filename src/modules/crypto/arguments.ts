import type { ArgumentSpec } from '../../module/argument-spec.ts'

/** Which Python library would do the work: openssl and ssh-keygen do it here. */
export const backendArgument = {
  select_crypto_backend: { type: 'str', default: 'auto', choices: ['auto', 'cryptography'], description: 'Accepted for compatibility: no library of Python is used.' },
} as const satisfies ArgumentSpec

/** How names of other scripts are shown. */
export const encodingArgument = {
  name_encoding: { type: 'str', default: 'ignore', choices: ['ignore', 'idna', 'unicode'], description: 'How domain names of other scripts are told: as they stand, in ASCII, or in their own script.' },
} as const satisfies ArgumentSpec
