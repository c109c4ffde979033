import type { ExecResult } from '../../../remote/exec.ts'
import type { JsonObject } from '../../../value/value.ts'

/** `rc`, `stdout`, `stderr` and their lines, as every result of a command has them. */
export function outputFields(result: ExecResult, options: { readonly strip: boolean }): JsonObject {
  const text = (bytes: Buffer) => options.strip ? bytes.toString('utf8').replace(/[\r\n]+$/, '') : bytes.toString('utf8')
  const [stdout, stderr] = [text(result.stdout), text(result.stderr)]
  return { rc: result.status, stdout, stdout_lines: lines(stdout), stderr, stderr_lines: lines(stderr) }
}

/** Splits as Python's `splitlines`: a newline at the end makes no empty line. */
function lines(text: string): string[] {
  if (text === '') return []
  return text.replace(/(?:\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/)
}
