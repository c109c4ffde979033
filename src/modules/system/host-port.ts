export interface HostPort {
  readonly host: string
  readonly port: number | undefined
}

/** Splits `HOST:PORT` and `[ADDRESS]:PORT`; a bare IPv6 address has no port. */
export function splitHostPort(text: string): HostPort {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? []
  return { host: bracketed ?? plain ?? text, port: port === undefined ? undefined : Number(port) }
}
