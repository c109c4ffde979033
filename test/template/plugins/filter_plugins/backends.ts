interface Options {
  readonly weight?: number
}

/** `{{ hosts | backends(8080, weight=2) }}` */
export function backends(hosts: readonly string[], port: number, { weight = 1 }: Options = {}): string[] {
  return hosts.map((host) => `server ${host} ${host}:${port} weight ${weight}`)
}

export const swapped = (dict: Readonly<Record<string, string>>): Map<unknown, unknown> => new Map(Object.entries(dict).map(([key, value]) => [value, key]))

export function refuses(): never {
  throw new Error('not today')
}

export async function slow(): Promise<string> {
  return Promise.resolve('late')
}
