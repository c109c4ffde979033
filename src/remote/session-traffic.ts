import type { Traffic } from '../connection/connection.ts'

/** The bytes of all connections that a session has had, and its own count of round trips. */
export class SessionTraffic implements Traffic {
  roundTrips = 0
  readonly #connections: Traffic[] = []

  follow(connection: Traffic): void {
    this.#connections.push(connection)
  }

  get bytesSent(): number {
    return this.#connections.reduce((sum, { bytesSent }) => sum + bytesSent, 0)
  }

  get bytesReceived(): number {
    return this.#connections.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0)
  }
}
