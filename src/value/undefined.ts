/** A name, attribute or item that does not exist: an error only when it is used. */
export class Undefined {
  /** What was asked for, as the author wrote it: `web.port`. */
  readonly name: string
  /** Why it is not there, when more is known: "'dict' has no key 'port'". */
  readonly reason: string | undefined

  constructor(name: string, reason?: string) {
    this.name = name
    this.reason = reason
  }
}
