/** sh source of a `printf` that prints the given bytes; a builtin everywhere, so it costs no process and shows in no argv. */
export function printSource(content: Uint8Array | string): string {
  const text = typeof content === 'string' ? content : textOf(content)
  if (text !== undefined && !text.includes('\0')) return `printf '%s' '${text.replaceAll("'", "'\\''")}'`
  return `printf '${escapeBytes(typeof content === 'string' ? Buffer.from(content) : content)}'`
}

/** ASCII only: shells differ in what they do with other bytes in quotes when the locale is not UTF-8. */
function textOf(content: Uint8Array): string | undefined {
  for (const byte of content) if (byte === 0 || byte > 0x7e) return undefined
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1')
}

/** The format string of printf: octal for all that is not plain. */
function escapeBytes(content: Uint8Array): string {
  const parts: string[] = []
  for (const byte of content) parts.push(ESCAPES[byte] ?? '')
  return parts.join('')
}

const ESCAPES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const plain = byte === 0x0a || byte === 0x09 || (byte >= 0x20 && byte < 0x7f)
  if (!plain) return `\\${byte.toString(8).padStart(3, '0')}`
  return ({ '%': '%%', '\\': '\\\\', "'": "'\\''" } as Readonly<Record<string, string>>)[String.fromCharCode(byte)] ?? String.fromCharCode(byte)
})
