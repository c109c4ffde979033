import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { Effects } from '../remote/write.ts'
import { quote } from '../text/shell-quote.ts'

interface SysctlState {
  /** Text of the file; null when there is none. */
  readonly text: string | null
  /** The kernel's value; null where it is not asked for, or unknown to the kernel. */
  readonly live: string | null
}

/** `ansible.posix.sysctl`: kernel parameters, in a file and live. */
export const sysctl = defineModule({
  name: 'sysctl',
  aliases: ['ansible.posix.sysctl'],
  summary: 'Keep a kernel parameter, at boot and live.',
  args: {
    name: { type: 'str', required: true, aliases: ['key'], description: 'The parameter: `net.ipv4.ip_forward`.' },
    value: { type: 'str', aliases: ['val'], description: 'Its value.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether the file is to name it.' },
    sysctl_file: { type: 'path', default: '/etc/sysctl.conf', description: 'The file.' },
    sysctl_set: { type: 'bool', default: false, description: 'Whether the kernel\'s value is compared and set too.' },
    reload: { type: 'bool', default: true, description: 'Whether the kernel reads the file after a change.' },
    ignoreerrors: { type: 'bool', default: false, description: 'Whether parameters that the kernel does not know are passed over.' },
  },
  constraints: { requiredIf: [['state', 'present', ['value']]] },
  examples: [{ name: 'Gateways forward', args: { name: 'net.ipv4.ip_forward', value: '1', sysctl_set: true, sysctl_file: '/etc/sysctl.d/50-gateway.conf' } }],
  observe: async ({ name, sysctl_file: file, sysctl_set: sets }: WantedParameter, remote): Promise<SysctlState> => {
    const [text, live] = await Promise.all([remote.readText(file), sets ? remote.read(liveProbe(name)) : null])
    return { text: text ?? null, live }
  },
  diff: (wanted, before) => {
    if (wanted.sysctl_set && before.live === null && !wanted.ignoreerrors) throw new ModuleFailure(`The kernel knows no parameter '${wanted.name}'`)
    const after = wantedState(wanted, before)
    if (after.text === before.text && after.live === before.live) return undefined
    const shown = ({ text, live }: SysctlState) => `${text ?? ''}${live === null ? '' : `# live: ${live}\n`}`
    return { before, after, diff: [{ before: shown(before), after: shown(after), beforeHeader: wanted.sysctl_file, afterHeader: wanted.sysctl_file }] }
  },
  apply: async (wanted, { before, after }, remote) => {
    const { sysctl_file: file } = wanted
    if (after.text !== before.text) await (after.text === null ? remote.remove(file) : remote.writeFile(file, after.text))
    const script = liveCommand(wanted, before, after)
    if (script === '') return undefined
    await remote.write({
      summary: `Set kernel parameter ${wanted.name}`,
      command: { script },
      effects: effectsOf(wanted, after),
    })
    return undefined
  },
  destroys: ({ sysctl_file: file }, { before, after }) => before.text !== null && before.text !== after.text ? [file] : [],
})

interface WantedParameter {
  readonly name: string
  readonly value: string | undefined
  readonly state: 'present' | 'absent'
  readonly sysctl_file: string
  readonly sysctl_set: boolean
  readonly reload: boolean
  readonly ignoreerrors: boolean
}

function wantedState(wanted: WantedParameter, before: SysctlState): SysctlState {
  const text = edited(wanted, before.text ?? '')
  const live = wanted.sysctl_set && wanted.state === 'present' && before.live !== null ? normal(wanted.value ?? '') : before.live
  return { text: before.text === null && text === '' ? null : text, live }
}

function liveCommand({ name, sysctl_file: file, ignoreerrors: ignores, reload }: WantedParameter, before: SysctlState, after: SysctlState): string {
  const program = `sysctl ${ignores ? '-e ' : ''}-q`
  return [
    ...after.live === before.live || after.live === null ? [] : [`${program} -w ${quote(`${name}=${after.live}`)}`],
    ...reload && after.text !== before.text && after.text !== null ? [`${program} -p ${quote(file)}`] : [],
  ].join(' && ')
}

/** Reloading sets all that the file names. */
function effectsOf({ name, reload }: WantedParameter, { text, live }: SysctlState): Effects {
  const named = reload ? assignmentsIn(text ?? '') : []
  const set = live === null ? named : [...named.filter(([other]) => dotted(other) !== dotted(name)), [name, live] as const]
  return {
    keys: ['facts:*', ...set.flatMap(([other]) => [`sysctl:${dotted(other)}`, ...othersSetWith(dotted(other))])], paths: ['/proc/sys'],
    predictions: set.map(([other, value]) => ({ probe: liveProbe(other), answer: value })),
  }
}

function assignmentsIn(text: string): readonly (readonly [string, string])[] {
  return text.split('\n').flatMap((line) => {
    const [, name, value = ''] = /^\s*-?\s*([^#;=\s]+)\s*=(.*)$/.exec(line) ?? []
    return name === undefined ? [] : [[name, normal(value)] as const]
  })
}

/** Parameters that the kernel sets along with some. */
function othersSetWith(name: string): readonly string[] {
  const [, family] = /^(net\.ipv[46])\.(?:ip_forward|conf\.)/.exec(name) ?? []
  return family === undefined ? [] : [`sysctl:${family}.conf.*`, `sysctl:${family}.ip_forward`]
}

function dotted(name: string): string {
  return name.replaceAll('/', '.')
}

function liveProbe(name: string): ScriptProbe<string | null> {
  return {
    kind: 'script',
    key: `sysctl:${dotted(name)}`,
    script: `sysctl -n ${quote(name)} 2>/dev/null`,
    parse: ({ status, stdout }) => status === 0 ? normal(stdout.toString('utf8')) : null,
  }
}

// The kernel prints tabs between the parts of a value.
function normal(value: string): string {
  const words = value.trim().split(/\s+/).join(' ')
  if (/^(?:yes|true|on)$/i.test(words)) return '1'
  return /^(?:no|false|off)$/i.test(words) ? '0' : words
}

function edited({ name, value, state }: WantedParameter, text: string): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const isOurs = (line: string) => /^\s*-?\s*([^#;=\s]+)\s*=/.exec(line)?.[1]?.replaceAll('/', '.') === name.replaceAll('/', '.')
  const others = lines.filter((line) => !isOurs(line))
  const last = lines.findLast(isOurs)
  if (state === 'absent') return joined(others)
  if (last !== undefined && normal(last.slice(last.indexOf('=') + 1)) === normal(value ?? '')) return text
  const line = `${name}=${normal(value ?? '')}`
  return joined(last === undefined ? [...lines, line] : lines.flatMap((one, index) => index === lines.lastIndexOf(last) ? [line] : isOurs(one) ? [] : [one]))
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
