import type { RawFacts } from '../raw-facts.ts'
import type { Identity } from './identity.ts'
import { optional, type Told } from './told.ts'

/** What /etc/os-release tells of SUSE's systems; undefined for others. Their releases have numbers for names. */
export function suseOsFacts(text: string, { raw }: { readonly raw: RawFacts }): Told | undefined {
  if (!/suse/i.test(text)) return undefined
  const [, version, point = ''] = /^VERSION_ID="?(\d+\.?(\d*))"?/m.exec(text) ?? []
  const release = version === undefined ? undefined : /open/i.test(text) ? point : /enterprise/i.test(text) ? point || '0' : undefined
  return {
    ...optional('distribution', /^NAME="?(.*?)"?$/m.exec(text)?.[1]), ...optional('version', version), ...optional('major', version?.split('.')[0]), ...optional('release', release),
    ...variant(text, raw),
  }
}

/** What /etc/SuSE-release told, before there was os-release. */
export function suseReleaseFacts(text: string, { identity, raw }: { readonly identity: Identity, readonly raw: RawFacts }): Told | undefined {
  if (!/suse/i.test(text)) return undefined
  const told = /open/i.test(text) ? openRelease(text) : /enterprise/i.test(text) ? enterpriseRelease(text, identity) : {}
  return { ...told, ...variant(text, raw) }
}

function openRelease(text: string): Told {
  return { ...optional('distribution', text.split(/\s+/)[0]), ...optional('release', /CODENAME *= *([^\n]+)/.exec(text)?.[1]?.trim()) }
}

function enterpriseRelease(text: string, { version = 'NA' }: Identity): Told {
  const level = /PATCHLEVEL = (\d+)/.exec(text)?.[1]
  const edition = text.includes('Server') ? 'SLES' : text.includes('Desktop') ? 'SLED' : undefined
  return { ...optional('distribution', edition), ...level !== undefined && { release: level, version: `${version}.${level}` } }
}

const VARIANTS: Readonly<Record<string, string>> = { 'server-sap': 'SLES_SAP', 'sles-sap': 'SLES_SAP', transactional: 'SL-Micro' }

/** Editions that only a word in os-release, or the product that is installed, tells apart. */
function variant(text: string, raw: RawFacts): Told {
  const said = /^VARIANT_ID="?([^"\n]*)"?/m.exec(text)?.[1]
  if (said !== undefined) return { ...optional('distribution', VARIANTS[said]) }
  const product = / -> \S*?(SLES_SAP|SL-Micro)\.prod$/m.exec(raw.part('product'))?.[1]
  return { ...optional('distribution', product) }
}
