import { ModuleFailure } from '../../module/module.ts'

interface Values {
  readonly positional?: readonly unknown[] | undefined
  readonly named?: Readonly<Record<string, unknown>> | undefined
}

/** Puts values into a statement as Python's database drivers do: `%s` in order, `%(name)s` by name, `%%` for a percent sign. */
export function bindValues(query: string, { positional, named }: Values, quoteLiteral: (value: unknown) => string): string {
  if (positional === undefined && named === undefined) return query
  let index = 0
  const bound = query.replace(/%(?:%|s|\((\w+)\)s)/g, (mark, name?: string) => {
    if (mark === '%%') return '%'
    return quoteLiteral(name === undefined ? nth(positional ?? [], index++) : field(named ?? {}, name))
  })
  if (positional !== undefined && index !== positional.length) throw new ModuleFailure(`Cannot run the query: it has ${index} places for ${positional.length} values`)
  return bound
}

function nth(values: readonly unknown[], index: number): unknown {
  if (index >= values.length) throw new ModuleFailure(`Cannot run the query: it has more places than the ${values.length} values`)
  return values[index]
}

function field(values: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!(name in values)) throw new ModuleFailure(`Cannot run the query: no value for ${name}`)
  return values[name]
}
