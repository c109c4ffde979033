import type { Filter } from '../types.ts'
import { COMMUNITY_LIST_FILTERS } from './community-lists.ts'
import { COMMUNITY_TEXT_FILTERS } from './community-text.ts'
import { CORE_FILTERS } from './core.ts'
import { DATE_FILTERS } from './dates.ts'
import { DICT_FILTERS } from './dicts.ts'
import { ENCODING_FILTERS } from './encoding.ts'
import { HASHID_FILTERS } from './hashids.ts'
import { HTML_FILTERS } from './html.ts'
import { IP_FILTERS } from './ip.ts'
import { JSON_FILTERS } from './json.ts'
import { LIST_FILTERS } from './lists.ts'
import { NUMBER_FILTERS } from './numbers.ts'
import { PATCH_FILTERS } from './json-patch.ts'
import { PATH_FILTERS } from './paths.ts'
import { RANDOM_FILTERS } from './random.ts'
import { REGEX_FILTERS } from './regex.ts'
import { SELECTION_FILTERS } from './selection.ts'
import { SIZE_FILTERS } from './sizes.ts'
import { TABLE_FILTERS } from './pretty-table.ts'
import { TEXT_FILTERS } from './text.ts'
import { TOML_FILTERS } from './toml.ts'
import { URL_FILTERS } from './urls.ts'
import { VAULT_FILTERS } from './vault.ts'
import { checked } from '../signatures.ts'
import { YAML_FILTERS } from './yaml.ts'

/** Every built-in filter; one line a family. */
export const FILTERS: ReadonlyMap<string, Filter> = checked('filters', [
  ...CORE_FILTERS,
  ...TEXT_FILTERS,
  ...REGEX_FILTERS,
  ...NUMBER_FILTERS,
  ...SIZE_FILTERS,
  ...LIST_FILTERS,
  ...SELECTION_FILTERS,
  ...RANDOM_FILTERS,
  ...DICT_FILTERS,
  ...JSON_FILTERS,
  ...YAML_FILTERS,
  ...ENCODING_FILTERS,
  ...PATH_FILTERS,
  ...URL_FILTERS,
  ...DATE_FILTERS,
  ...IP_FILTERS,
  ...VAULT_FILTERS,
  ...HTML_FILTERS,
  ...COMMUNITY_LIST_FILTERS,
  ...COMMUNITY_TEXT_FILTERS,
  ...PATCH_FILTERS,
  ...HASHID_FILTERS,
  ...TABLE_FILTERS,
  ...TOML_FILTERS,
])
