import { ModuleFailure } from '../../module/module.ts'
import type { JsonObject } from '../../value/value.ts'
import { DerError } from './asn1/read-der.ts'

/** What a reader makes of it, with a failure told for bytes that are not what they should be. */
export function parsed<T>(read: () => T, { prefix = '', fields = {} }: { readonly prefix?: string, readonly fields?: JsonObject } = {}): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ModuleFailure) throw error
    if (error instanceof DerError || isOpenSslError(error)) throw new ModuleFailure(`${prefix}${error.message}`, fields)
    throw error
  }
}

/** As `parsed`, with undefined instead of a failure. */
export function parsedIfCan<T>(read: () => T): T | undefined {
  try {
    return parsed(read)
  } catch (error) {
    if (error instanceof ModuleFailure) return undefined
    throw error
  }
}

/** Node's own errors of keys and digests carry codes of OpenSSL. */
function isOpenSslError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^ERR_(OSSL|CRYPTO|INVALID_ARG)/.test(String(error.code))
}
