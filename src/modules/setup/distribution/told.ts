/** What a file tells of the system that it is of. */
export interface Told {
  readonly distribution?: string
  readonly version?: string
  readonly major?: string
  readonly minor?: string
  /** Called `distribution_release`: the name or number of this release. */
  readonly release?: string | undefined
  /** What its name was found by. */
  readonly searched?: string
}

/** A field that is there if it has a value. */
export function optional<Name extends string>(name: Name, value: string | undefined): Readonly<Partial<Record<Name, string>>> {
  return (value === undefined ? {} : { [name]: value }) as Readonly<Partial<Record<Name, string>>>
}
