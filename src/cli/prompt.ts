import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ModuleFailure } from '../module/module.ts'
import type { PromptQuestion } from '../module/controller.ts'
import { EXIT } from './exit-codes.ts'

/** Asks at the terminal. Without one there is nobody to ask: a pause only waits its time, anything else fails. */
export async function askAtTerminal(question: PromptQuestion): Promise<string> {
  if (process.stdin.isTTY !== true) return waitInstead(question)
  const answers = createInterface({ input: process.stdin, output: question.echo ? process.stderr : silentAfter(question.text), terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      answers.question(question.text, resolve)
      answers.once('SIGINT', () => { interrupt(reject, question) })
      answers.once('close', () => { reject(new ModuleFailure(`Cannot ask '${question.text.trim()}': the input has ended`)) })
      if (question.seconds !== undefined) setTimeout(() => { resolve('') }, question.seconds * 1000).unref()
    })
  } finally {
    answers.close()
    if (!question.echo) process.stderr.write('\n')
  }
}

/** Ctrl-C at a question is what it is elsewhere: whoever listens for it stops the run. */
function interrupt(reject: (reason: Error) => void, question: PromptQuestion): void {
  if (!process.emit('SIGINT')) process.exit(EXIT.interrupted)
  reject(new ModuleFailure(`Interrupted at '${question.text.trim()}'`))
}

async function waitInstead(question: PromptQuestion): Promise<string> {
  if (question.seconds === undefined) throw new ModuleFailure(`Cannot ask '${question.text.trim()}': standard input is not a terminal`)
  const { seconds } = question
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  return ''
}

/** Lets the question through and swallows what is typed. */
function silentAfter(text: string): Writable {
  let asked = false
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!asked) process.stderr.write(text)
      asked = true
      void chunk
      done()
    },
  })
}
