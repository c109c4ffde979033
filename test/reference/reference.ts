import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The Ansible that tsplay is compared with. */
export interface Reference {
  /** What Python must be told to find it, in the environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Its ansible-playbook: a command line. */
  readonly playbook: readonly string[]
  /** Whether it is the installed one, of Debian bookworm (2.14), rather than 2.19. */
  readonly isOlder: boolean
}

/** What fetch.sh brought; or the checkout in ANSIBLE_CHECKOUT, where `installed` asks for the installed one. That is also what is left where nothing could be brought. */
export function findReference(): Reference {
  const checkout = process.env['ANSIBLE_CHECKOUT']
  const fetched = join(import.meta.dirname, '../../.lab/reference/usr')
  if (checkout !== undefined && checkout !== 'installed') return at(join(checkout, 'lib'), join(checkout, 'bin'))
  if (checkout === undefined && existsSync(fetched)) return at(join(fetched, 'lib/python3/dist-packages'), join(fetched, 'bin'))
  return { environment: {}, playbook: ['ansible-playbook'], isOlder: true }
}

function at(libraries: string, programs: string): Reference {
  return { environment: { PYTHONPATH: libraries }, playbook: ['/usr/bin/python3', join(programs, 'ansible-playbook')], isOlder: false }
}
