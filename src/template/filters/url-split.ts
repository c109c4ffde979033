import type { Dict, Value } from '../../value/value.ts'

/** As Python's urlsplit: nothing is decoded, and any text has parts. */
export function urlSplit(url: string): Dict {
  const [, scheme = '', rest = url] = /^([A-Za-z][\w+.-]*):(.*)$/s.exec(url) ?? []
  const [, netloc = '', path = '', query = '', fragment = ''] = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest) ?? []
  const { hostname, password, port, username } = authority(netloc)
  return new Map<Value, Value>(Object.entries({ fragment, hostname, netloc, password, path, port, query, scheme: scheme.toLowerCase(), username }))
}

interface Authority {
  readonly hostname: string | null
  readonly password: string | null
  readonly port: number | null
  readonly username: string | null
}

function authority(netloc: string): Authority {
  const [, username = null, password = null, host = '', port = ''] = /^(?:([^:@]*)(?::([^@]*))?@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(netloc) ?? []
  return {
    username,
    password,
    hostname: host === '' ? null : host.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === '' ? null : Number(port),
  }
}
