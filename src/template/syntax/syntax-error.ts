/** A mistake in a template's text, with its place in the template's own source. */
export class TemplateSyntaxError extends Error {
  readonly kind = 'template-syntax'
  readonly start: number
  readonly end: number
  readonly hint: string | undefined

  constructor(message: string, place: { readonly start: number, readonly end: number }, hint?: string) {
    super(message)
    this.name = 'TemplateSyntaxError'
    this.start = place.start
    this.end = place.end
    this.hint = hint
  }
}
