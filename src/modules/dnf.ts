import { defineModule } from '../module/define-module.ts'
import { deprecationsField, type Deprecation } from './deprecations.ts'
import { DNF_ARGUMENTS } from './system/packages/dnf-arguments.ts'
import { applyDnf, dnfChange, dnfResult, observeDnf, wantedOfDnf } from './system/packages/dnf-change.ts'

/** `ansible.builtin.dnf`: packages of Red Hat's systems, by the program dnf, dnf5 or yum. */
export const dnf = defineModule({
  name: 'dnf',
  aliases: ['dnf5', 'yum'],
  summary: 'Keep packages installed, current or absent, by dnf.',
  args: DNF_ARGUMENTS,
  constraints: { exclusive: [['name', 'list'], ['best', 'nobest']] },
  examples: [
    { name: 'A web server, and what it needs', args: { name: ['httpd', 'mod_ssl'], state: 'present' } },
    { name: 'All updates for safety', args: { name: '*', state: 'latest', security: true } },
    { name: 'A group of packages', args: { name: '@Development tools' } },
  ],
  prepare: async (given) => ({ ...wantedOfDnf(given), old: given.install_repoquery === undefined ? [] : [OLD_OPTION] }),
  observe: observeDnf,
  diff: dnfChange,
  apply: applyDnf,
  result: (wanted, state) => ({ ...dnfResult(wanted, state), ...deprecationsField(wanted.old) }),
  undo: { impossible: 'what packages did while they were set up or removed is not known' },
})

const OLD_OPTION: Deprecation = { msg: "Param 'install_repoquery' is deprecated. See the module docs for more information", version: '2.20' }
