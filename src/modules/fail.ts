import { defineAction } from '../module/define-module.ts'

/** `ansible.builtin.fail`: fails with a message. */
export const fail = defineAction({
  name: 'fail',
  summary: 'Fail with a message.',
  where: 'controller',
  check: 'run',
  args: {
    msg: { type: 'raw', default: 'Failed as requested from task', description: 'Why.' },
  },
  examples: [{ name: 'Refuse a single node', args: { msg: 'A cluster needs three nodes' } }],
  run: async ({ msg }) => ({ changed: false, failed: true, ...typeof msg === 'string' ? { msg } : { fields: { msg } } }),
})
