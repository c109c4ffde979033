import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'

/** What is known of a generic name. */
export interface AlternativesState {
  readonly mode: 'auto' | 'manual' | null
  /** The program that counts. */
  readonly current: string | null
  readonly link: string | null
  readonly known: readonly Alternative[]
  /** Whether the program that a task names is there. */
  readonly exists: boolean
}

export interface Alternative {
  readonly path: string
  readonly family: string | null
  readonly priority: number
  readonly subcommands: readonly Subcommand[]
}

export interface Subcommand {
  readonly name: string
  readonly path: string
  readonly link: string | null
}

interface Asked {
  readonly name: string
  readonly path: string | undefined
  readonly subcommands: readonly Subcommand[] | undefined
}

export type KnownAlternatives = Omit<AlternativesState, 'exists'>

export async function observeAlternatives({ name, path, subcommands = [] }: Asked, remote: Remote): Promise<AlternativesState> {
  const [state, program] = await Promise.all([remote.read(alternativesProbe(name)), path === undefined ? undefined : remote.stat(path)])
  const knowsLinks = state.known.some((one) => one.subcommands.some(({ link }) => link !== null))
  return { ...state, known: knowsLinks ? state.known : state.known.map((one) => withLinks(one, subcommands)), exists: program !== undefined }
}

/** update-alternatives of old does not tell where the links of subcommands are: they are where the task says. */
function withLinks(one: Alternative, asked: readonly Subcommand[]): Alternative {
  return { ...one, subcommands: one.subcommands.map((sub) => ({ ...sub, link: asked.find(({ name }) => name === sub.name)?.link ?? null })) }
}

/** Files in which update-alternatives keeps what it knows of a name. */
export function recordsOf(name: string): readonly string[] {
  return [`/var/lib/dpkg/alternatives/${name}`, `/var/lib/alternatives/${name}`]
}

/** Asks update-alternatives (Debian's or chkconfig's) in the form that both have. */
export function alternativesProbe(name: string): ScriptProbe<KnownAlternatives> {
  return {
    kind: 'script',
    key: `alternatives:${name}`,
    script: `command -v update-alternatives >/dev/null || { echo 'Failed to find required executable "update-alternatives"' >&2; exit 127; }
LC_ALL=C update-alternatives --display ${quote(name)} 2>/dev/null; :`,
    parse: ({ stdout }) => parse(stdout.toString('utf8')),
    readsPaths: [`/etc/alternatives/${name}`, ...recordsOf(name)],
  }
}

function parse(text: string): KnownAlternatives {
  const mode = /\s-\s(?:status\sis\s)?(\w*)(?:\smode|\.)$/m.exec(text)?.[1]
  const links = new Map([...text.matchAll(/^\s*(?:slave|follower) (\S+) is (.*)$/gm)].map(([, name = '', link = '']) => [name, link]))
  const linkOf = (name: string): string | null => links.get(name) ?? null
  return {
    mode: mode === 'auto' || mode === 'manual' ? mode : null,
    current: /^\s*link currently points to (.*)$/m.exec(text)?.[1] ?? null,
    link: /^\s*link \w+ is (.*)$/m.exec(text)?.[1] ?? null,
    known: [...text.matchAll(/^(\/.*?)\s-\s(?:family\s(\S+)\s)?priority\s(\d+)((?:\s+(?:slave|follower).*)*)/gm)].map(([, path = '', family, priority = '', rest = '']) => ({
      path, family: family ?? null, priority: Number(priority), subcommands: subcommandsIn(rest, linkOf),
    })),
  }
}

function subcommandsIn(text: string, linkOf: (name: string) => string | null): readonly Subcommand[] {
  return [...text.matchAll(/^\s+(?:slave|follower) (.*): (.*)$/gm)].flatMap(([, name = '', path = '']) => path === '(null)' ? [] : [{ name, path, link: linkOf(name) }])
}
