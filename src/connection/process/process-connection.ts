import type { Duplex } from 'node:stream'
import type { Channel, ChannelEnd, Connection, DialTarget, StartOptions, Traffic } from '../connection.ts'
import { type Child, channelOf, type EndOf, endChild, startChild } from './child-channel.ts'

/** How a program of this machine carries commands elsewhere: `docker exec ...`, `chroot ...`. */
export interface Way {
  readonly description: string
  readonly user: string
  /** The program with its arguments that runs a command by `sh -c`. */
  readonly argv: (command: string, options: StartOptions) => readonly string[]
  /** Where the program begins. */
  readonly folder?: string
  readonly dial: (target: DialTarget, start: Start) => Promise<Duplex>
  readonly endOf: EndOf
}

export type Start = (command: string) => Promise<Channel>

/** Runs each command by a program of its own. Nothing is held open between them, so nothing of it can fail. */
export class ProcessConnection implements Connection {
  readonly description: string
  readonly user: string
  readonly failure = undefined
  readonly traffic: Traffic = { bytesSent: 0, bytesReceived: 0, roundTrips: 0 }
  readonly #way: Way
  readonly #children = new Set<Child>()

  constructor(way: Way) {
    this.#way = way
    this.description = way.description
    this.user = way.user
  }

  start(command: string, options: StartOptions = {}): Promise<Channel> {
    const child = startChild(this.#way.argv(command, options), { folder: this.#way.folder })
    this.#children.add(child)
    const channel = channelOf(child, this.#way.endOf)
    void channel.ended.finally(() => this.#children.delete(child))
    return Promise.resolve(channel)
  }

  dial(target: DialTarget): Promise<Duplex> {
    return this.#way.dial(target, (command) => this.start(command))
  }

  close(): Promise<void> {
    for (const child of this.#children) endChild(child)
    return Promise.resolve()
  }
}

/** Programs that hand the status of the command on as it is. */
export function plainEnd(status: number): ChannelEnd {
  return { kind: 'exited', status }
}

/** Programs that tell a command that was ended by signal N as a shell does, with status 128 + N. */
export function shellEnd(status: number): ChannelEnd {
  return status > 128 && status < 160 ? { kind: 'lost', reason: `ended by signal ${status - 128}` } : plainEnd(status)
}
