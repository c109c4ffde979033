import type { Rule } from '../rule.ts'
import { COMMAND_RULES } from './commands.ts'
import { CONDITION_RULES } from './conditions.ts'
import { FILE_RULES } from './files.ts'
import { JINJA_RULES } from './jinja.ts'
import { KEYWORD_RULES } from './keywords.ts'
import { NAME_RULES } from './names.ts'
import { PACKAGE_RULES } from './packages.ts'
import { ROLE_RULES } from './roles.ts'
import { YAML_RULES } from './yaml.ts'

/** Every rule there is. */
export const RULES: readonly Rule[] = [
  ...COMMAND_RULES, ...FILE_RULES, ...PACKAGE_RULES, ...CONDITION_RULES, ...JINJA_RULES, ...NAME_RULES, ...KEYWORD_RULES, ...ROLE_RULES, ...YAML_RULES,
]
