import { on } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'
import { ModuleFailure } from '../module/module.ts'
import type { PromptQuestion } from '../module/controller.ts'
import { EXIT } from './exit-codes.ts'

/** Asks at the terminal. Without one there is nobody to ask: a pause only waits its time, anything else fails. */
export async function askAtTerminal(question: PromptQuestion): Promise<string> {
  if (process.stdin.isTTY !== true) return waitInstead(question)
  try {
    return await ask(question)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    if (question.asksToGoOn === true) await askToGoOn()
    else endRun(question)
    return ''
  }
}

/** Ctrl-C at a question. */
class Interrupted extends Error {}

async function ask(question: PromptQuestion): Promise<string> {
  const answers = createInterface({ input: process.stdin, output: question.echo ? process.stderr : SILENT, terminal: true })
  if (!question.echo) process.stderr.write(question.text)
  try {
    return await new Promise<string>((resolve, reject) => {
      answers.once('SIGINT', () => { reject(new Interrupted()) })
      answers.once('close', () => { reject(new ModuleFailure(`Cannot ask '${question.text.trim()}': the input has ended`)) })
      if (question.seconds === undefined) listen(answers, question, resolve)
      else setTimeout(() => { resolve('') }, question.seconds * 1000).unref()
    })
  } finally {
    answers.close()
    if (!question.echo) process.stderr.write('\n')
  }
}

/** Lines before the last are a heading; of the last, readline has to know how long it is. */
function listen(answers: Interface, { text, echo }: PromptQuestion, resolve: (answer: string) => void): void {
  const heading = text.slice(0, text.lastIndexOf('\n') + 1)
  if (echo) process.stderr.write(heading)
  answers.question(echo ? text.slice(heading.length) : '', resolve)
}

/** Ctrl-C at a question is what it is elsewhere: whoever listens for it stops the run. */
function endRun(question: PromptQuestion): never {
  if (!process.emit('SIGINT')) process.exit(EXIT.interrupted)
  throw new ModuleFailure(`Interrupted at '${question.text.trim()}'`)
}

/** One key decides: C goes on, A ends it, as Ctrl-C does. */
async function askToGoOn(): Promise<void> {
  const { stdin } = process
  stdin.setRawMode(true)
  process.stderr.write("Press 'C' to continue the play or 'A' to abort \r\n")
  try {
    const typed = on(stdin, 'data', { close: ['end'] })
    stdin.resume()
    for await (const [keys] of typed) {
      const decisive = /[ac\x03]/i.exec(String(keys))?.[0].toLowerCase()
      if (decisive === 'c') return
      if (decisive !== undefined) break
    }
    throw new ModuleFailure('user requested abort!')
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
  }
}

async function waitInstead(question: PromptQuestion): Promise<string> {
  if (question.seconds === undefined) throw new ModuleFailure(`Cannot ask '${question.text.trim()}': standard input is not a terminal`)
  const { seconds } = question
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  return ''
}

/** Swallows what is typed. */
const SILENT = new Writable({ write: (_chunk: Buffer, _encoding, done) => { done() } })
