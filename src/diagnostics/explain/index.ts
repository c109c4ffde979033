import type { Explanation } from './explanation.ts'
import { INVENTORY_EXPLANATIONS } from './inventory.ts'
import { PLAYBOOK_EXPLANATIONS } from './playbook.ts'
import { RUN_EXPLANATIONS } from './run.ts'
import { TEMPLATE_EXPLANATIONS } from './template.ts'
import { YAML_EXPLANATIONS } from './yaml.ts'

/** Every code that a diagnostic may have, explained. A test compares them with those in use. */
export const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ...YAML_EXPLANATIONS, ...PLAYBOOK_EXPLANATIONS, ...TEMPLATE_EXPLANATIONS, ...INVENTORY_EXPLANATIONS, ...RUN_EXPLANATIONS,
}
