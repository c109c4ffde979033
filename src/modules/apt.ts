import { defineModule } from '../module/define-module.ts'
import { APT_ARGUMENTS, wantedPackages } from './system/packages/apt-arguments.ts'
import { aptChange, applyApt, aptResult } from './system/packages/apt-change.ts'
import { observeApt } from './system/packages/apt-observe.ts'

/** `ansible.builtin.apt`: packages of Debian and its kin. */
export const apt = defineModule({
  name: 'apt',
  summary: 'Keep Debian packages installed, current or absent.',
  args: APT_ARGUMENTS,
  constraints: { exclusive: [['deb', 'name', 'upgrade']] },
  examples: [
    { name: 'Install haproxy', args: { name: 'haproxy', update_cache: true, cache_valid_time: 3600 } },
    { name: 'Remove editors with their configuration', args: { name: ['nano', 'ed'], state: 'absent', purge: true } },
    { name: 'Install a file, which is known to touch only these', args: { deb: '/root/pitrix-hosts.deb', affects: ['/etc/hosts'] } },
  ],
  prepare: async (args) => wantedPackages(args),
  observe: observeApt,
  diff: aptChange,
  apply: applyApt,
  result: (_wanted, state) => aptResult(state),
  undo: { impossible: 'what packages did while they were set up or removed is not known' },
})
