import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export interface BlobStore {
  /** Writes and syncs content unless it is there already; returns its name. */
  store(content: Uint8Array): Promise<string>
  read(name: string): Promise<Buffer>
  /** The name content would have: its sha256 in lower-case hexadecimal. */
  name(content: Uint8Array): Promise<string>
}

/** Content-addressed files: `FOLDER/ab/cdef…`. */
export function createBlobStore(folder: string): BlobStore {
  const pathOf = (name: string) => join(folder, name.slice(0, 2), name.slice(2))
  return {
    name: (content) => Promise.resolve(sha256(content)),
    read: (name) => readFile(pathOf(name)),
    async store(content) {
      const name = sha256(content)
      if (!await exists(pathOf(name))) await writeSynced(pathOf(name), content)
      return name
    },
  }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}

async function writeSynced(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomUUID()}`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}
