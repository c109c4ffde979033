import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ExecResult } from '../remote/exec.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'

interface Capability {
  readonly name: string
  /** `=`, `+` or `-`; empty where only a name is given. */
  readonly operator: string
  readonly flags: string
}

/** `community.general.capabilities`: capabilities of program files. */
export const capabilities = defineModule({
  name: 'capabilities',
  aliases: ['community.general.capabilities'],
  summary: 'Keep a capability of a program file.',
  args: {
    path: { type: 'str', required: true, aliases: ['key'], description: 'The file.' },
    capability: { type: 'str', required: true, aliases: ['cap'], description: 'The capability with its flags: `cap_net_bind_service=+ep`.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether the file is to have it.' },
  },
  examples: [{ name: 'The proxy may take low ports', args: { path: '/usr/sbin/haproxy', capability: 'cap_net_bind_service+ep' } }],
  observe: ({ path }: WantedCapability, remote) => remote.read(capabilitiesProbe(path)),
  diff: ({ path, capability, state }, before) => {
    const wanted = parseCapability(capability.trim().toLowerCase())
    if (state === 'present' && wanted.operator === '') throw new ModuleFailure("Couldn't find operator (one of: ['=', '-', '+'])")
    const others = before.filter(({ name }) => name !== wanted.name)
    // The kernel keeps flags only: `+ep` and `=ep` are the same once they are there.
    const isSo = state === 'present' ? before.some(({ name, flags }) => name === wanted.name && flags === wanted.flags) : others.length === before.length
    if (isSo) return undefined
    const after = state === 'present' ? [...others, { ...wanted, operator: '=' }] : others
    const shown = (all: readonly Capability[]) => `${path} ${all.map(textOf).join(' ')}\n`
    return { before, after, diff: [{ before: shown(before), after: shown(after) }], fields: { msg: 'capabilities changed' } }
  },
  apply: async ({ path }, { after }, remote) => {
    const { stdout } = await remote.write({
      summary: `Set capabilities of ${path}`,
      command: { script: quoteAll(['setcap', after.length === 0 ? '-r' : after.map(textOf).join(' '), path]) },
      effects: { keys: [`capabilities:${path}`], predictions: [{ probe: capabilitiesProbe(path), answer: after }] },
    })
    return { stdout: stdout.toString('utf8') }
  },
  result: ({ state }) => ({ state }),
  undo: 'swap',
})

interface WantedCapability {
  readonly path: string
  readonly capability: string
  readonly state: 'absent' | 'present'
}

function textOf({ name, operator, flags }: Capability): string {
  return `${name}${operator}${flags}`
}

function capabilitiesProbe(path: string): ScriptProbe<readonly Capability[]> {
  return {
    kind: 'script',
    key: `capabilities:${path}`,
    script: `command -v getcap >/dev/null || { echo 'Failed to find required executable "getcap"' >&2; exit 127; }\nLC_ALL=C getcap -v ${quote(path)}`,
    parse: (result) => parse(path, result),
    readsPaths: [path],
    fresh: [],
  }
}

/** `PATH CAPS` of libcap from 2.41, `PATH = CAPS` before; an error stands in brackets behind the path. */
function parse(path: string, { status, stdout, stderr }: ExecResult): readonly Capability[] {
  const [text, said] = [stdout.toString('utf8').trim(), stderr.toString('utf8')]
  if (status !== 0 || said !== '' || text.endsWith(')')) throw new ModuleFailure(`Unable to get capabilities of ${path}`, { stdout: text, stderr: said })
  const words = text.slice(path.length).trim().replace(/^=\s*/, '').split(/\s+/).filter((word) => word !== '')
  return words.flatMap((word) => {
    const { name, ...rest } = parseCapability(word.toLowerCase())
    return name.split(',').map((one) => ({ name: one, ...rest }))
  })
}

function parseCapability(text: string): Capability {
  const [, name = text, operator = '', flags = ''] = /^([^=+-]+)([=+-]+)(.*)$/.exec(text) ?? []
  return { name, operator: operator.slice(-1), flags: [...flags].sort().join('') }
}
