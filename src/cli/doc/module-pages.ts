import type { Argument, ArgumentSpec } from '../../module/argument-spec.ts'
import type { Constraints } from '../../module/module.ts'
import type { Described } from './controls.ts'
import { behaviourSentences, behaviourTitle, constraintSentences, examplesText } from './module-facts.ts'

/** The reference of modules as Markdown: file name -> text, a page a module and one that lists them. */
export function modulePages(modules: readonly Described[]): ReadonlyMap<string, string> {
  return new Map([['README.md', listPage(modules)], ...modules.map((module) => [`${module.name}.md`, modulePage(module)] as const)])
}

function listPage(modules: readonly Described[]): string {
  const rows = modules.map(({ name, summary }) => `| [${name}](${name}.md) | ${inCell(summary)} |`)
  return lines('# Modules', '', 'Made by `npm run docs` from the specs that run; `tsplay doc MODULE` tells the same.', '', '| module | what it does |', '|---|---|', ...rows, '')
}

function modulePage(module: Described): string {
  const { name, summary, aliases = [], args, freeForm, constraints = {} } = module
  return lines(
    `# ${name}`, '', summary, '',
    ...aliases.length === 0 ? [] : [`Also called ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`, ''],
    ...Object.keys(args).length === 0 ? [] : ['## Arguments', '', '| argument | type | what it is |', '|---|---|---|', ...argumentRows(args, ''), ''],
    ...freeForm === undefined ? [] : [`Free text is \`${freeForm}\`.`, ''],
    ...constraintLines(constraints),
    `## ${behaviourTitle(module)}`, '', ...behaviourSentences(module, inBackquotes), '',
    '## Examples', '', '```yaml', examplesText(module), '```', '',
  )
}

function argumentRows(spec: ArgumentSpec, prefix: string): string[] {
  return Object.entries(spec).flatMap(([name, argument]) => [
    `| \`${prefix}${name}\` | ${typeOf(argument)} | ${inCell([argument.description, ...notesOn(argument)].join(' '))} |`,
    ...argument.options === undefined ? [] : argumentRows(argument.options, `${prefix}${name}${argument.type === 'list' ? '[]' : ''}.`),
  ])
}

function typeOf({ type, elements, required }: Argument): string {
  return `${elements === undefined ? type : `${type} of ${elements}`}${required ? ', required' : ''}`
}

function notesOn({ choices, default: preset, aliases = [], secret }: Argument): string[] {
  return [
    ...choices === undefined ? [] : [`One of ${choices.map((choice) => `\`${String(choice)}\``).join(', ')}.`],
    ...preset === undefined ? [] : [`Default: \`${JSON.stringify(preset)}\`.`],
    ...aliases.length === 0 ? [] : [`Also ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`],
    ...secret ? ['Never shown.'] : [],
  ]
}

function constraintLines(constraints: Constraints): string[] {
  const rules = constraintSentences(constraints, inBackquotes)
  return rules.length === 0 ? [] : [...rules.map((rule) => `- ${rule}`), '']
}

const inBackquotes = (text: string): string => `\`${text}\``

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

const lines = (...all: readonly string[]): string => all.join('\n')
