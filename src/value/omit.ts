/** The `omit` variable: an argument with this value is treated as not given. */
export class Omit {
  readonly kind = 'omit'
}

export const OMIT = new Omit()
