import { defineModule } from '../module/define-module.ts'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, type TextFile } from './files/text-file.ts'
import { LIMIT_ITEMS, withLimit } from './system/limits/limits-file.ts'

const args = {
  domain: { type: 'str', required: true, description: 'User, `@group` or `*`.' },
  limit_type: { type: 'str', required: true, choices: ['hard', 'soft', '-'], description: 'Kind of the limit; `-` is both.' },
  limit_item: { type: 'str', required: true, choices: LIMIT_ITEMS, description: 'What is limited.' },
  value: { type: 'str', required: true, description: 'A number, or `unlimited`, `infinity`, `-1`.' },
  use_min: { type: 'bool', default: false, description: 'Keep the lower one of this value and that in the file.' },
  use_max: { type: 'bool', default: false, description: 'Keep the higher one.' },
  dest: { type: 'str', default: '/etc/security/limits.conf', description: 'The file.' },
  comment: { type: 'str', default: '', description: 'Comment after a line that is written.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
} as const

/** `community.general.pam_limits`: limits of users' sessions. */
export const pamLimits = defineModule({
  name: 'pam_limits',
  aliases: ['community.general.pam_limits'],
  summary: 'Keep a limit of users\' resources in limits.conf.',
  args,
  examples: [{ name: 'The proxies may open many sockets', args: { domain: 'haproxy', limit_type: '-', limit_item: 'nofile', value: '65536', dest: '/etc/security/limits.d/haproxy.conf' } }],
  observe: ({ dest }: WantedLimit, remote) => observeTextFile(dest, remote),
  diff: (wanted, before) => {
    if (wanted.use_min && wanted.use_max) throw new ModuleFailure('Cannot use use_min and use_max at the same time.')
    const { text, line } = withLimit(wanted, before.text ?? '')
    const change = textChange(before, text)
    return change === undefined ? undefined : { ...change, fields: { msg: line } }
  },
  apply: async ({ backup }, change: Change<TextFile>, remote) => backupField(await applyTextChange(change, remote, { backup })),
  result: (wanted, { text }) => ({ msg: withLimit(wanted, text ?? '').line }),
  destroys: (_wanted, change) => textDestroyed(change),
})

type WantedLimit = ArgumentsOf<typeof args>
