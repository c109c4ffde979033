import { openSync, readSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { ReadStream, WriteStream } from 'node:tty'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { PromptQuestion } from '../module/controller.ts'
import { ModuleFailure } from '../module/module.ts'
import { askAtTerminal } from './prompt.ts'

/**
 * Asks for a password without showing it: at the terminal, even where standard input is something else. Without any terminal, the
 * next line of standard input is the answer, so that `echo PASSWORD | tsplay run --ask-vault-pass` works as with Ansible.
 */
export async function askSecret(text: string): Promise<string> {
  if (process.stdin.isTTY === true) return ask({ text, echo: false })
  const terminal = openTerminal()
  return terminal === undefined ? nextLine(text) : askAt(terminal, text)
}

/** The same for what may be seen. */
export async function askLine(text: string): Promise<string> {
  return process.stdin.isTTY === true ? ask({ text, echo: true }) : nextLine(text)
}

async function ask(question: PromptQuestion): Promise<string> {
  return askAtTerminal(question).catch((error: unknown) => { throw error instanceof ModuleFailure ? noAnswer(question.text, 'the input has ended') : error })
}

function openTerminal(): number | undefined {
  try {
    return openSync('/dev/tty', 'r+')
  } catch {
    return undefined
  }
}

/** What is typed appears nowhere: readline has no output. */
async function askAt(terminal: number, text: string): Promise<string> {
  const [input, output] = [new ReadStream(terminal), new WriteStream(terminal)]
  output.write(text)
  input.setRawMode(true)
  const answers = createInterface({ input, terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      answers.once('line', resolve)
      answers.once('SIGINT', () => { process.kill(process.pid, 'SIGINT') })
      answers.once('close', () => { reject(noAnswer(text, 'the input has ended')) })
    })
  } finally {
    output.write('\n')
    answers.close()
    input.setRawMode(false)
    input.destroy()
    output.destroy()
  }
}

const NEWLINE = 10

/** Byte by byte: what follows the line belongs to whoever reads next. */
function nextLine(text: string): string {
  process.stderr.write(text)
  const bytes: number[] = []
  const byte = Buffer.alloc(1)
  let isEnded = false
  while (!isEnded && readByte(byte)) {
    const [code = 0] = byte
    isEnded = code === NEWLINE
    if (!isEnded) bytes.push(code)
  }
  process.stderr.write('\n')
  if (!isEnded && bytes.length === 0) throw noAnswer(text, 'there is no terminal, and standard input has nothing')
  return Buffer.from(bytes).toString('utf8').replace(/\r$/, '')
}

function readByte(byte: Buffer): boolean {
  try {
    return readSync(0, byte, 0, 1, null) === 1
  } catch {
    return false
  }
}

function noAnswer(text: string, reason: string): DiagnosticError {
  return new DiagnosticError([{
    code: 'no-answer', severity: 'error', summary: `Cannot ask '${text.trim()}': ${reason}`,
    hint: 'Give the password by a file or a program',
  }])
}
