import { TextDecoder } from 'node:util'
import type { Remote } from '../../../remote/remote.ts'
import { ModuleFailure } from '../../../module/module.ts'
import { quote } from '../../../text/shell-quote.ts'

const CHUNK = 4 * 1024 * 1024

/** The text of a file of the host, a few megabytes at a time. */
export async function* readDump(path: string, remote: Remote): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
  for (let offset = 0; ; offset += CHUNK) {
    // Through exec and not through a probe: a cached answer of every chunk would keep the whole file in memory.
    const { status, stdout, stderr } = await remote.exec({ script: `tail -c +${offset + 1} ${quote(path)} | head -c ${CHUNK}` }, {})
    if (status !== 0) throw new ModuleFailure(`Cannot read the dump ${path}: ${stderr.toString('utf8').trim()}`)
    yield decode(decoder, stdout, { path, last: stdout.length < CHUNK })
    if (stdout.length < CHUNK) return
  }
}

function decode(decoder: TextDecoder, bytes: Buffer, { path, last }: { readonly path: string, readonly last: boolean }): string {
  try {
    return decoder.decode(bytes, { stream: !last })
  } catch (error) {
    throw new ModuleFailure(`Cannot read the dump ${path}: it is not UTF-8 text`, { cause: String(error) })
  }
}
