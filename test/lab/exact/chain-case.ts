import type { Chain } from './chain.ts'

/** A chain of tasks with what is expected of it. */
export interface ChainCase extends Chain {
  readonly name: string
  /** Tasks whose outcome only a run can tell, by module. */
  readonly unknown?: readonly string[]
  /** Tasks that change something each time, by module. */
  readonly again?: readonly string[] | 'any'
  /** Modules that say that they cannot take back what they did. */
  readonly impossible?: readonly string[]
  /** What is left once all else is taken back. */
  readonly left?: RegExp
  /** Modules that are to fail. */
  readonly fails?: readonly string[]
}
