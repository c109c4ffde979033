import type { JsonObject } from '../../../value/value.ts'
import type { RawFacts } from '../raw-facts.ts'
import { familyOf } from './families.ts'
import { identityOf, type Identity } from './identity.ts'
import { RELEASE_FILES, type ReleaseFile } from './release-files.ts'
import type { Told } from './told.ts'

/** `distribution*` and `os_family`: what the system calls itself, and what the first file that knows it better tells. */
export function distributionFacts(raw: RawFacts): JsonObject {
  const identity = identityOf(raw)
  const { file, told } = firstTelling(raw, identity)
  const distribution = told.distribution ?? file?.variety ?? identity.name
  return { distribution, ...versionFacts(identity, told), ...file !== undefined && fileFacts(file, told), os_family: familyOf(distribution) }
}

function versionFacts({ version = 'NA', codename = 'NA' }: Identity, told: Told): JsonObject {
  return {
    distribution_version: told.version ?? version,
    distribution_major_version: told.major ?? (version.split('.')[0] || 'NA'),
    ...told.minor !== undefined && { distribution_minor_version: told.minor },
    distribution_release: told.release ?? codename,
  }
}

function fileFacts({ path, variety, tell }: ReleaseFile, { searched }: Told): JsonObject {
  return {
    distribution_file_path: path, distribution_file_variety: variety,
    ...tell !== undefined && { distribution_file_parsed: true },
    ...searched !== undefined && { distribution_file_search_string: searched },
  }
}

interface Telling {
  readonly file?: ReleaseFile
  readonly told: Told
}

function firstTelling(raw: RawFacts, identity: Identity): Telling {
  for (const file of RELEASE_FILES) {
    if (file.tell === undefined) {
      if (raw.exists(file.path)) return { file, told: {} }
      continue
    }
    const text = raw.file(file.path)?.replace(/^['"\\]+|['"\\]+$/g, '')
    const told = text === undefined ? undefined : file.tell(text, { identity, raw })
    if (told !== undefined) return { file, told }
  }
  return { told: {} }
}
