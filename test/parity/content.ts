import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { NETWORK } from './host/image.ts'

/** What both tools apply: a playbook, or a role on its own. */
export interface ParityContent {
  readonly name: string
  readonly kind: 'role' | 'playbook'
  readonly path: string
  /** Collections beside Debian's. */
  readonly collections?: string
  /** Packages that hosts have from the start: those that packages.txt beside a playbook names. */
  readonly packages: readonly string[]
}

/** A folder with tasks is a role, a file is a playbook. */
export function contentAt(path: string): ParityContent {
  const whole = resolve(path)
  if (!existsSync(whole)) throw new Error(`Cannot find ${path}`)
  const isFolder = statSync(whole).isDirectory()
  if (isFolder && !existsSync(join(whole, 'tasks'))) throw new Error(`Cannot apply ${path}: a role has a folder tasks`)
  const collections = process.env["ANSIBLE_COLLECTIONS_PATH"] ?? /^(.*)\/ansible_collections\//.exec(whole)?.[1]
  return { name: basename(whole).replace(/\.ya?ml$/, ''), kind: isFolder ? 'role' : 'playbook', path: whole, packages: isFolder ? [] : packagesBeside(whole), ...collections === undefined ? {} : { collections } }
}

function packagesBeside(playbook: string): readonly string[] {
  const file = join(dirname(playbook), 'packages.txt')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : []
}

/** Puts the content into a folder for one tool: playbook.yml, what lies beside it, and the inventory. */
export function prepareContent(content: ParityContent, folder: string, access: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'home'), { recursive: true })
  if (content.kind === 'role') {
    copyFolder(content.path, join(folder, 'roles', content.name))
    writeFileSync(join(folder, 'playbook.yml'), stringify([{ name: content.name, hosts: 'all', roles: [content.name] }]))
  } else {
    copyFolder(dirname(content.path), folder)
    cpSync(content.path, join(folder, 'playbook.yml'))
  }
  writeFileSync(join(folder, 'inventory'), inventory(access))
}

function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !['.git', 'node_modules', '.tsplay'].includes(basename(path)) })
}

function inventory(access: string): string {
  const variables = {
    ansible_host: NETWORK.address, ansible_user: 'root', ansible_ssh_private_key_file: join(access, 'key'), ansible_python_interpreter: '/usr/bin/python3',
    ansible_ssh_common_args: `-o UserKnownHostsFile=${join(access, 'known_hosts')} -o StrictHostKeyChecking=yes`,
  }
  return `host ${Object.entries(variables).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}\n`
}
