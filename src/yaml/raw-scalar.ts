/** The text of a scalar before its tag and style decide what value it is. */
export interface RawScalar {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly style: 'plain' | 'quoted' | 'block'
}

/** Anchor and tag written before a node. */
export interface Properties {
  readonly anchor: string | undefined
  readonly tag: string | undefined
  readonly start: number
}
