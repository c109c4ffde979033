import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate for an address, signed by its own key: it is its own authority. */
export function certificate(address: string): { readonly certificate: string, readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-cert-'))
  const [cert, key] = [join(folder, 'crt'), join(folder, 'key')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=tsplay test', '-addext', `subjectAltName=IP:${address}`, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const made = { certificate: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  rmSync(folder, { recursive: true })
  return made
}
