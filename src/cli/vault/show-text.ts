import { spawnSync } from 'node:child_process'
import { STANDARD, writeContent } from './content.ts'

/** Shows a text by the pager on a terminal, else prints it. */
export function showText(text: Uint8Array, pager: string): void {
  if (process.stdout.isTTY === true && runPager(text, pager)) return
  const isEnded = text.length > 0 && text.at(-1) === 0x0a
  writeContent(STANDARD, isEnded ? text : Buffer.concat([text, Buffer.from('\n')]))
}

/** Without history or temporary files, as far as `less` goes. */
function runPager(text: Uint8Array, pager: string): boolean {
  const environment = { LESS: 'FRSX', LESSHISTFILE: '-', ...process.env }
  return spawnSync('/bin/sh', ['-c', pager], { input: text, stdio: ['pipe', 'inherit', 'inherit'], env: environment }).status === 0
}
