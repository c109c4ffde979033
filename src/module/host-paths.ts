import type { Remote } from '../remote/remote.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import type { ArgumentSpec } from './argument-spec.ts'
import type { Module } from './module.ts'

/**
 * Replaces `~`, `~user` and `$NAME` in arguments of type `path` by what they mean on the host. Costs nothing when there are none,
 * which is the usual case. The same object comes back then.
 */
export async function expandHostPaths<Args>(module: Module, args: Args, remote: Remote): Promise<Args> {
  const spec: ArgumentSpec = module.args
  const given = args as Readonly<Record<string, unknown>>
  const names = Object.keys(spec).filter((name) => holdsPath(spec, name) && needsHost(given[name]))
  if (names.length === 0) return args
  const expanded = await Promise.all(names.map(async (name) => [name, await expandAll(given[name], remote)]))
  return { ...args, ...Object.fromEntries(expanded) as object }
}

function holdsPath(spec: ArgumentSpec, name: string): boolean {
  return spec[name]?.type === 'path' || spec[name]?.elements === 'path'
}

function needsHost(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(needsHost)
  return typeof value === 'string' && (value.startsWith('~') || /\$(?:\w|\{\w)/.test(value))
}

async function expandAll(value: unknown, remote: Remote): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item: unknown) => expandAll(item, remote)))
  return typeof value === 'string' && needsHost(value) ? remote.read(pathProbe(value)) : value
}

/** Unset names stay as they are written, as in Ansible. Only names of users and variables reach the script, never other text. */
function pathProbe(path: string): ScriptProbe<string> {
  const user = /^~([\w.-]*)/.exec(path)
  const names = [...new Set([...path.matchAll(/\$(?:(\w+)|\{(\w+)\})/g)].map((match) => match[1] ?? match[2] ?? ''))]
  const lines = [
    `printf '%s\\n' ${user === null ? "''" : `~${user[1] ?? ''}`}`,
    ...names.map((name) => `if [ "\${${name}+set}" = set ]; then printf '=%s\\n' "\$${name}"; else echo; fi`),
  ]
  return {
    kind: 'script',
    key: `path:${path}`,
    script: lines.join('\n'),
    parse: ({ stdout }) => {
      const [home = '', ...values] = stdout.toString('utf8').split('\n')
      const known = new Map(names.map((name, index) => [name, values[index]]))
      const rest = user === null ? path : home + path.slice(user[0].length)
      return rest.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, plain?: string, braced?: string) => known.get(plain ?? braced ?? '')?.replace(/^=/, '') || whole)
    },
  }
}
