import { createInterface, type Interface } from 'node:readline'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { ConsoleFlags } from '../commands/console.ts'
import { EXIT } from '../exit-codes.ts'
import { type ConsoleSession, openConsole } from './console-session.ts'

const HISTORY_SIZE = 1000

/** `tsplay console`: reads lines until the end, `exit`, or Ctrl-D. */
export async function consoleCommand(pattern: string, flags: ConsoleFlags): Promise<number> {
  const session = await openConsole(pattern, flags)
  const lines = openLines(session)
  try {
    await converse(session, lines)
  } finally {
    lines.close()
    if (process.stdin.isTTY) saveHistory(lines)
  }
  return EXIT.ok
}

async function converse(session: ConsoleSession, lines: Interface): Promise<void> {
  ask(session, lines)
  for await (const line of lines) {
    lines.pause()
    if (!await session.obey(line.trim())) return
    lines.resume()
    ask(session, lines)
  }
  process.stdout.write('\n')
}

function ask(session: ConsoleSession, lines: Interface): void {
  if (!process.stdin.isTTY) return
  lines.setPrompt(session.prompt())
  lines.prompt()
}

function openLines(session: ConsoleSession): Interface {
  const isTerminal = process.stdin.isTTY === true
  return createInterface({
    input: process.stdin, ...isTerminal && { output: process.stdout }, terminal: isTerminal, historySize: HISTORY_SIZE, history: isTerminal ? readHistory() : [],
    completer: (line: string) => completions(line, session),
  })
}

/** Of the word at the end of the line. */
function completions(line: string, session: ConsoleSession): [string[], string] {
  const word = /\S*$/.exec(line)?.[0] ?? ''
  return [session.candidates(line).filter((candidate) => candidate.startsWith(word)).map((candidate) => `${candidate} `), word]
}

function historyFile(): string {
  return join(homedir(), '.ansible-console_history')
}

/** The file has the oldest line first, readline the newest. */
function readHistory(): string[] {
  return existsSync(historyFile()) ? readFileSync(historyFile(), 'utf8').split('\n').filter((line) => line !== '').reverse() : []
}

function saveHistory(lines: Interface): void {
  const { history } = lines as unknown as { readonly history: readonly string[] }
  writeFileSync(historyFile(), `${history.toReversed().join('\n')}\n`, { mode: 0o600 })
}
