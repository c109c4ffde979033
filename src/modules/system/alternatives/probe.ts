import type { ScriptProbe } from '../../../remote/probe.ts'
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

/** Asks update-alternatives (Debian's or chkconfig's) in the form that both have. */
export function alternativesProbe({ name, path, subcommands }: Asked): ScriptProbe<AlternativesState> {
  return {
    kind: 'script',
    key: `alternatives:${name}:${path ?? ''}`,
    script: `command -v update-alternatives >/dev/null || { echo 'Failed to find required executable "update-alternatives"' >&2; exit 127; }
${path === undefined ? '' : `[ -e ${quote(path)} ] && echo exists`}
LC_ALL=C update-alternatives --display ${quote(name)} 2>/dev/null; :`,
    parse: ({ stdout }) => parse(stdout.toString('utf8'), subcommands ?? []),
    readsPaths: ['/etc/alternatives', '/var/lib/dpkg/alternatives', '/var/lib/alternatives', ...path === undefined ? [] : [path]],
  }
}

function parse(text: string, asked: readonly Subcommand[]): AlternativesState {
  const mode = /\s-\s(?:status\sis\s)?(\w*)(?:\smode|\.)$/m.exec(text)?.[1]
  const links = new Map([...text.matchAll(/^\s*(?:slave|follower) (\S+) is (.*)$/gm)].map(([, name = '', link = '']) => [name, link]))
  const linkOf = (name: string): string | null => links.get(name) ?? (links.size === 0 ? asked.find((one) => one.name === name)?.link : undefined) ?? null
  return {
    mode: mode === 'auto' || mode === 'manual' ? mode : null,
    current: /^\s*link currently points to (.*)$/m.exec(text)?.[1] ?? null,
    link: /^\s*link \w+ is (.*)$/m.exec(text)?.[1] ?? null,
    known: [...text.matchAll(/^(\/.*?)\s-\s(?:family\s(\S+)\s)?priority\s(\d+)((?:\s+(?:slave|follower).*)*)/gm)].map(([, path = '', family, priority = '', rest = '']) => ({
      path, family: family ?? null, priority: Number(priority), subcommands: subcommandsIn(rest, linkOf),
    })),
    exists: text.startsWith('exists\n'),
  }
}

function subcommandsIn(text: string, linkOf: (name: string) => string | null): readonly Subcommand[] {
  return [...text.matchAll(/^\s+(?:slave|follower) (.*): (.*)$/gm)].flatMap(([, name = '', path = '']) => path === '(null)' ? [] : [{ name, path, link: linkOf(name) }])
}
