import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quoteAll } from '../text/shell-quote.ts'
import { linesOf } from './files/edit/lines.ts'

interface LocalesState {
  /** Text of /etc/locale.gen. */
  readonly text: string
  /** All that the host has, as `locale -a` prints them. */
  readonly installed: readonly string[]
  /** The wanted ones that can be made, with their character sets. */
  readonly available: Readonly<Record<string, string>>
}

const FILE = '/etc/locale.gen'

/** `community.general.locale_gen`: locales. */
export const localeGen = defineModule({
  name: 'locale_gen',
  aliases: ['community.general.locale_gen'],
  summary: 'Keep locales generated, or not.',
  args: {
    name: { type: 'list', elements: 'str', required: true, description: 'Locales with their encoding: `de_CH.UTF-8`.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], description: 'Whether they are to be there.' },
  },
  examples: [{ name: 'German', args: { name: 'de_DE.UTF-8' } }],
  observe: async ({ name }: WantedLocales, remote): Promise<LocalesState> => {
    const [text, installed, available] = await Promise.all([remote.readText(FILE), remote.read(INSTALLED), remote.read(availableProbe(name))])
    if (text === undefined) throw new ModuleFailure(`${FILE} is missing. Is the package "locales" installed?`)
    return { text, installed, available }
  },
  diff: ({ name, state }, before) => {
    const unknown = name.filter((locale) => before.available[locale] === undefined && !isInstalled(locale, before))
    if (unknown.length > 0) throw new ModuleFailure(`The following locales you have entered are not available on your system: ${unknown.join(', ')}`)
    const isPresent = name.every((locale) => isInstalled(locale, before))
    if (isPresent === (state === 'present')) return undefined
    const text = name.reduce((edited, locale) => withLocale({ locale, state, charset: before.available[locale] }, edited), before.text)
    const others = before.installed.filter((one) => !name.some((locale) => normal(locale) === normal(one)))
    const after = { ...before, text, installed: state === 'present' ? [...others, ...name] : others }
    return { before, after, diff: [{ before: before.text, after: text, beforeHeader: FILE, afterHeader: FILE }] }
  },
  apply: async ({ name }, { before, after }, remote) => {
    if (before.text !== after.text) await remote.writeFile(FILE, after.text)
    await remote.write({
      summary: `Generate locales: ${name.join(', ')}`,
      command: { script: 'locale-gen' },
      effects: { keys: ['locales'], paths: ['/usr/lib/locale'], predictions: [{ probe: INSTALLED, answer: after.installed }] },
    })
    return undefined
  },
  result: ({ name }) => ({ name, mechanism: 'glibc', ubuntu_mode: false }),
  destroys: (_wanted, { before, after }) => before.text === after.text ? [] : [FILE],
})

interface WantedLocales {
  readonly name: readonly string[]
  readonly state: 'absent' | 'present'
}

const INSTALLED: ScriptProbe<readonly string[]> = {
  kind: 'script',
  key: 'locales',
  script: 'locale -a 2>/dev/null',
  parse: ({ stdout }) => stdout.toString('utf8').split('\n').filter((line) => line !== ''),
}

function availableProbe(names: readonly string[]): ScriptProbe<Readonly<Record<string, string>>> {
  return {
    kind: 'script',
    key: `locales-available:${names.join(',')}`,
    script: `for l in ${quoteAll(names)}; do grep -hF -- "$l " /usr/share/i18n/SUPPORTED /usr/local/share/i18n/SUPPORTED 2>/dev/null; done; :`,
    parse: ({ stdout }) => Object.fromEntries(stdout.toString('utf8').split('\n').flatMap((line) => {
      const [, locale, charset] = /^\s*#?\s*(\S+) (\S+)\s*$/.exec(line) ?? []
      return locale !== undefined && charset !== undefined && names.includes(locale) ? [[locale, charset]] : []
    })),
    readsPaths: ['/usr/share/i18n', '/usr/local/share/i18n'],
  }
}

function isInstalled(locale: string, { installed }: LocalesState): boolean {
  return installed.some((one) => normal(one) === normal(locale))
}

/** `locale -a` prints the encoding in small letters without dashes. */
function normal(locale: string): string {
  return locale.replace(/\.[^@]*/, (encoding) => encoding.toLowerCase().replaceAll('-', ''))
}

interface Entry extends Pick<WantedLocales, 'state'> {
  readonly locale: string
  readonly charset: string | undefined
}

function withLocale({ locale, state, charset }: Entry, text: string): string {
  const pattern = new RegExp(`^#?\\s*${locale.replace(/[^\w]/g, '\\$&')} (.+)`)
  const lines = linesOf(text)
  if (state === 'absent') return lines.map((line) => line.replace(pattern, `# ${locale} $1`)).join('')
  if (lines.some((line) => pattern.test(line))) return lines.map((line) => line.replace(pattern, `${locale} $1`)).join('')
  return charset === undefined ? text : `${text}${locale} ${charset}\n`
}
