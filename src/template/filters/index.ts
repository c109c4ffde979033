import type { Filter } from '../types.ts'
import { CORE_FILTERS } from './core.ts'
import { DICT_FILTERS } from './dicts.ts'
import { JSON_FILTERS } from './json.ts'
import { LIST_FILTERS } from './lists.ts'
import { NUMBER_FILTERS } from './numbers.ts'
import { SELECTION_FILTERS } from './selection.ts'
import { TEXT_FILTERS } from './text.ts'

/** Every built-in filter; one line a family. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ...CORE_FILTERS,
  ...TEXT_FILTERS,
  ...NUMBER_FILTERS,
  ...LIST_FILTERS,
  ...SELECTION_FILTERS,
  ...DICT_FILTERS,
  ...JSON_FILTERS,
])
