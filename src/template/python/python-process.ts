import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from 'node:worker_threads'
import { BRIDGE_PROGRAM } from './bridge-program.ts'

/** A line that the process said, or that it is no more. */
type Said = { readonly line: string } | { readonly gone: string }

/**
 * A Python process that is spoken to at once, line by line: templates are evaluated synchronously, so another thread holds the
 * process while this one waits. It ends with tsplay.
 */
export class PythonProcess {
  readonly #port: MessagePort
  readonly #signal: Int32Array

  constructor(python: string) {
    const { port1, port2 } = new MessageChannel()
    const signal = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(HOLDER, { eval: true, execArgv: [], workerData: { python, program: BRIDGE_PROGRAM, port: port2, signal }, transferList: [port2] })
    worker.unref()
    port1.unref()
    this.#port = port1
    this.#signal = signal
  }

  say(line: string): void {
    this.#port.postMessage(line)
  }

  /** The next line. Throws when the process has ended. */
  hear(): string {
    for (;;) {
      const heard = Atomics.load(this.#signal, 0)
      const said = receiveMessageOnPort(this.#port)?.message as Said | undefined
      if (said === undefined) Atomics.wait(this.#signal, 0, heard)
      else if ('line' in said) return said.line
      else throw new Error(said.gone)
    }
  }
}

/** Runs in the other thread. */
const HOLDER = `
const { workerData: { python, program, port, signal } } = require('node:worker_threads')
const { spawn } = require('node:child_process')
const tell = (message) => { port.postMessage(message); Atomics.add(signal, 0, 1); Atomics.notify(signal, 0) }
const child = spawn(python, ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] })
let rest = ''
child.stdout.setEncoding('utf8').on('data', (data) => {
  const lines = (rest + data).split('\\n')
  rest = lines.pop()
  for (const line of lines) tell({ line })
})
child.stdin.on('error', () => {})
child.on('error', (error) => tell({ gone: 'Cannot start ' + python + ': ' + error.message }))
child.on('close', (status, signal) => tell({ gone: 'Python ended with ' + (signal || 'exit status ' + status) }))
port.on('message', (line) => child.stdin.write(line + '\\n'))
`
