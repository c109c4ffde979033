import type * as Dns from 'node:dns/promises'
import type { LoadModule } from './in-worker.ts'

export interface NameRequest {
  readonly name: string
  readonly type: string
  readonly servers: readonly string[]
  readonly seconds: number
}

/** Asks name servers; the texts of the records, or the name of what went wrong. Runs in a thread of its own. */
export async function resolveNames({ name, type, servers, seconds }: NameRequest, load: LoadModule): Promise<{ records: string[] } | { failure: string }> {
  const { Resolver } = load<typeof Dns>('node:dns/promises')
  const resolver = new Resolver({ timeout: seconds * 1000, tries: 2 })
  if (servers.length > 0) resolver.setServers([...servers])
  const dotted = (text: string) => text.endsWith('.') ? text : `${text}.`
  const ask: Readonly<Record<string, () => Promise<string[]>>> = {
    A: () => resolver.resolve4(name),
    AAAA: () => resolver.resolve6(name),
    CNAME: async () => (await resolver.resolveCname(name)).map(dotted),
    NS: async () => (await resolver.resolveNs(name)).map(dotted),
    PTR: async () => (await resolver.resolvePtr(name)).map(dotted),
    TXT: async () => (await resolver.resolveTxt(name)).map((parts) => parts.join('')),
    MX: async () => (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${dotted(exchange)}`),
    SRV: async () => (await resolver.resolveSrv(name)).map((record) => `${record.priority} ${record.weight} ${record.port} ${dotted(record.name)}`),
    CAA: async () => (await resolver.resolveCaa(name)).map(({ critical, ...property }) => `${critical} ${Object.entries(property).map(([tag, value]) => `${tag} "${String(value)}"`).join(' ')}`),
    NAPTR: async () => (await resolver.resolveNaptr(name)).map((record) => `${record.order} ${record.preference} "${record.flags}" "${record.service}" "${record.regexp}" ${dotted(record.replacement)}`),
    SOA: async () => {
      const record = await resolver.resolveSoa(name)
      return [`${dotted(record.nsname)} ${dotted(record.hostmaster)} ${record.serial} ${record.refresh} ${record.retry} ${record.expire} ${record.minttl}`]
    },
  }
  const question = ask[type]
  if (question === undefined) throw new Error(`Cannot ask for records of type '${type}': known are ${Object.keys(ask).join(', ')}`)
  try {
    return { records: await question() }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const known: Readonly<Record<string, string>> = { ENOTFOUND: 'NXDOMAIN', ENODATA: '', ESERVFAIL: 'SERVFAIL', EREFUSED: 'REFUSED', ETIMEOUT: 'timeout' }
    return { failure: known[code] ?? code }
  }
}
