import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote } from '../text/shell-quote.ts'

/** `ansible.builtin.dpkg_selections`: what dpkg is to do with a package, such as `hold`. */
export const dpkgSelections = defineModule({
  name: 'dpkg_selections',
  summary: 'Keep what dpkg is to do with a package.',
  args: {
    name: { type: 'str', required: true, description: 'The package.' },
    selection: { type: 'str', required: true, choices: ['install', 'hold', 'deinstall', 'purge'], description: 'What dpkg is to do.' },
  },
  examples: [{ name: 'Keep haproxy as it is', args: { name: 'haproxy', selection: 'hold' } }],
  observe: ({ name }: WantedSelection, remote) => remote.read(selectionProbe(name)),
  diff: ({ name, selection }, before: string | null) => {
    if (before === null) throw new ModuleFailure(`Failed to find package '${name}' to perform selection '${selection}'`)
    return before === selection ? undefined : { before, after: selection, diff: [{ before: `${name} ${before}\n`, after: `${name} ${selection}\n` }], fields: { before } }
  },
  apply: async ({ name }, { after }, remote) => {
    await remote.write({
      summary: `Select ${name} for ${after ?? ''}`,
      command: { script: 'dpkg --set-selections', stdin: Buffer.from(`${name} ${after ?? ''}\n`) },
      effects: { keys: [`selection:${name}`, 'apt:plan:*', 'packages'], predictions: [{ probe: selectionProbe(name), answer: after }] },
    })
    return undefined
  },
  result: (_wanted, state) => ({ before: state, after: state }),
})

interface WantedSelection {
  readonly name: string
  readonly selection: 'install' | 'hold' | 'deinstall' | 'purge'
}

function selectionProbe(name: string): ScriptProbe<string | null> {
  return {
    kind: 'script',
    key: `selection:${name}`,
    script: `dpkg --get-selections ${quote(name)} 2>/dev/null`,
    parse: ({ stdout }) => /\s(\S+)\s*$/.exec(stdout.toString('utf8'))?.[1] ?? null,
  }
}
