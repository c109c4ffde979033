import { defineAction } from '../module/define-module.ts'
import type { ModuleResult } from '../module/module.ts'
import type { Json } from '../value/value.ts'

/** `ansible.builtin.assert`: fails unless every condition holds. */
export const assert = defineAction({
  name: 'assert',
  summary: 'Fail unless every condition holds.',
  where: 'controller',
  check: 'run',
  args: {
    that: { type: 'raw', required: true, description: 'A condition or a list of them, as in `when`.' },
    fail_msg: { type: 'raw', aliases: ['msg'], description: 'Message when one does not hold; a text or a list of texts.' },
    success_msg: { type: 'raw', description: 'Message when all hold.' },
    quiet: { type: 'bool', default: false, description: 'Whether success is shown briefly.' },
  },
  examples: [{ name: 'Both zones run the same version', args: { that: ['versions | unique | length == 1'], fail_msg: 'Upgrade one zone first' } }],
  run: async ({ that, fail_msg: failMessage, success_msg: successMessage, quiet }, { controller }): Promise<ModuleResult> => {
    const conditions: readonly Json[] = Array.isArray(that) ? that : [that]
    const broken = conditions.find((condition) => !controller.condition(condition))
    const brief = quiet ? { _ansible_quiet: true } : {}
    if (broken === undefined) return { changed: false, fields: { msg: successMessage ?? 'All assertions passed', ...brief } }
    const told = { assertion: broken, evaluated_to: false, ...brief }
    if (failMessage === undefined || typeof failMessage === 'string') return { changed: false, failed: true, msg: failMessage ?? 'Assertion failed', fields: told }
    return { changed: false, failed: true, fields: { ...told, msg: failMessage } }
  },
})
