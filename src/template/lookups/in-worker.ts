import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads'
import { EvaluationError } from '../evaluation-error.ts'

export interface WorkerTask<Request> {
  /** Runs in the other thread, so it must load what it needs and use nothing from around it. */
  readonly run: (request: Request, load: LoadModule) => Promise<unknown>
  readonly request: Request
  readonly seconds: number
}

/** Loads a module of Node's own: `import()` is something else in code that compilers have changed. */
export type LoadModule = <Module>(name: string) => Module

type Answer = { readonly value: unknown } | { readonly error: string }

/** Waits for something asynchronous: templates are evaluated at once, so another thread does it meanwhile. */
export function inWorker<Request>({ run, request, seconds }: WorkerTask<Request>): unknown {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const { port1: own, port2: port } = new MessageChannel()
  const worker = new Worker(`${BEGINNING}(${run.toString()})${END}`, { eval: true, execArgv: [], workerData: { request, port, signal }, transferList: [port] })
  Atomics.wait(signal, 0, 0, seconds * 1000)
  const answer = receiveMessageOnPort(own)?.message as Answer | undefined
  own.close()
  void worker.terminate()
  if (answer === undefined) throw new EvaluationError('lookup-failed', `Timed out: there was no answer within ${seconds} seconds`)
  if ('error' in answer) throw new EvaluationError('lookup-failed', answer.error)
  return answer.value
}

/** Compilers that keep names of functions call `__name`, which is not there. */
const BEGINNING = `
const { workerData: { request, port, signal } } = require('node:worker_threads')
const __name = (value) => value
const answer = (message) => { port.postMessage(message); Atomics.store(signal, 0, 1); Atomics.notify(signal, 0) }
`
const END = '(request, require).then((value) => answer({ value }), (error) => answer({ error: error.message }))'
