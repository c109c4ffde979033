import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { VaultError } from '../../vault/vault-error.ts'
import type { Opened, Vault } from '../../vault/vault.ts'
import { readContent, realPath, STANDARD, writeContent } from './content.ts'
import { editPrivately } from './edit-privately.ts'
import { encryptString } from './encrypt-string.ts'
import { showText } from './show-text.ts'
import { badOptions, vaultToRead, vaultToRekey, vaultToWrite, type VaultJob } from './vault-job.ts'

export type VaultAction = 'create' | 'decrypt' | 'edit' | 'encrypt' | 'encrypt_string' | 'rekey' | 'view'

/** What each action does. */
export const VAULT_ACTIONS: Readonly<Record<VaultAction, (job: VaultJob) => Promise<void>>> = {
  create, decrypt, edit, encrypt, encrypt_string: encryptString, rekey, view,
}

async function encrypt(job: VaultJob): Promise<void> {
  const paths = inputPaths(job, 'plaintext')
  const { vault, secret } = await vaultToWrite(job)
  for (const path of paths) {
    const text = about(path, () => vault.encrypt(readContent(path), secret, secret.label))
    writeContent(job.flags.output ?? path, Buffer.from(text), { shred: true })
  }
  tell('Encryption successful')
}

async function decrypt(job: VaultJob): Promise<void> {
  const paths = inputPaths(job, 'ciphertext')
  const vault = await vaultToRead(job)
  for (const path of paths) writeContent(job.flags.output ?? path, openFile(vault, path).plain)
  tell('Decryption successful')
}

async function view(job: VaultJob): Promise<void> {
  const vault = await vaultToRead(job)
  for (const path of job.args) showText(openFile(vault, path).plain, job.config.get('PAGER'))
}

async function create(job: VaultJob): Promise<void> {
  const [path, ...others] = job.args
  if (path === undefined || others.length > 0) throw badOptions('ansible-vault create can take only one filename argument')
  if (process.stdout.isTTY !== true && job.flags.skipTtyCheck !== true) throw badOptions('not a tty, editor cannot be opened', '--skip-tty-check opens it nevertheless')
  if (existsSync(path)) throw new VaultError('bad-source', `${path} exists, please use 'edit' instead`)
  const { vault, secret } = await vaultToWrite(job)
  mkdirSync(dirname(path), { recursive: true })
  const plain = editPrivately(Buffer.alloc(0), { name: path, editor: job.config.get('EDITOR') })
  writeContent(path, Buffer.from(vault.encrypt(plain, secret, secret.label)))
}

/** The file keeps its password, label and format, and is left alone when nothing was changed. */
async function edit(job: VaultJob): Promise<void> {
  const vault = await vaultToRead(job)
  for (const path of job.args.map(realPath)) {
    const { plain, secret, label } = openFile(vault, path)
    const edited = editPrivately(plain, { name: path, editor: job.config.get('EDITOR') })
    if (!edited.equals(plain)) writeContent(path, Buffer.from(vault.encrypt(edited, secret, label)))
  }
}

async function rekey(job: VaultJob): Promise<void> {
  const old = await vaultToRead(job)
  const opened = job.args.map(realPath).map((path) => ({ path, plain: openFile(old, path).plain }))
  const { vault, secret } = await vaultToRekey(job)
  for (const { path, plain } of opened) writeContent(path, Buffer.from(vault.encrypt(plain, secret, secret.label)))
  process.stderr.write('Rekey successful\n')
}

function inputPaths({ args, flags }: VaultJob, kind: string): readonly string[] {
  if (flags.output !== undefined && args.length > 1) throw badOptions('At most one input file may be used with the --output option')
  if (args.length === 0 && process.stdin.isTTY === true) process.stderr.write(`Reading ${kind} input from stdin\n`)
  return args.length === 0 ? [STANDARD] : args.map(realPath)
}

function openFile(vault: Vault, path: string): Opened {
  const content = readContent(path)
  return about(path, () => vault.open(content))
}

/** Names the file that an error is about. */
function about<Result>(path: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw error instanceof VaultError ? new VaultError(error.kind, `${error.message} for ${path}`, error.hint) : error
  }
}

function tell(text: string): void {
  if (process.stdout.isTTY === true) process.stderr.write(`${text}\n`)
}
