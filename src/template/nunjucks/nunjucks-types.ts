/** The parts of the nunjucks package that are used here, some of which its own types leave out. */
export interface NunjucksModule {
  readonly Environment: new (loaders: readonly object[], options: object) => NunjucksEnvironment
  readonly runtime: NunjucksRuntime
  readonly lib: { readonly TemplateError: new (message: string, line: number, column: number) => Error }
}

export interface NunjucksEnvironment {
  /** Takes the name, whether to compile at once, the including template, whether it may be missing, and a callback. */
  getTemplate(...args: readonly unknown[]): NunjucksTemplate
}

export interface NunjucksTemplate {
  /** Takes the environment, context, frame, runtime and a callback. */
  rootRenderFunc: (...args: [unknown, unknown, unknown, unknown, unknown]) => void
  render(context: object): string | null
}

export interface NunjucksRuntime {
  readonly makeMacro: (names: unknown, keywords: unknown, body: unknown) => PlainFunction
  readonly markSafe: (value: unknown) => unknown
}

export type PlainFunction = (...args: readonly unknown[]) => unknown

/** A nunjucks scope frame. */
export interface NunjucksFrame {
  readonly variables: Readonly<Record<string, unknown>>
  readonly parent: NunjucksFrame | undefined
}
