import type { Dict } from '../../value/value.ts'

/** Keeps facts between runs. */
export interface FactCache {
  get(host: string): Dict | undefined
  set(host: string, facts: Dict): void
  delete(host: string): void
}

/** Keeps nothing: facts live as long as the run. */
export const NO_FACT_CACHE: FactCache = {
  get: () => undefined,
  set: () => undefined,
  delete: () => undefined,
}
