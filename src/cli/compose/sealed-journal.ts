import type { Secrets } from '../../engine/secrets.ts'
import type { Journal } from '../../run/journal.ts'
import type { VaultAccess } from './vault-access.ts'

/** Stands before what is encrypted, so that it can be told from files that were encrypted already. */
const MARK = Buffer.from('TSPLAY-SEALED\n')

/** A journal that keeps what held decrypted values encrypted with the run's own vault password: nothing of a vault is left on disk in the plain. */
export function sealedJournal(journal: Journal, { secrets, vault }: { readonly secrets: Secrets, readonly vault: VaultAccess }): Journal {
  return {
    ...journal,
    storeBlob(content) {
      const sealed = secrets.holdsValue(content) ? vault.seal(content) : undefined
      return journal.storeBlob(sealed === undefined ? content : Buffer.concat([MARK, sealed]))
    },
  }
}
