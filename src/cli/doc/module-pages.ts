import { stringify } from 'yaml'
import type { Argument, ArgumentSpec } from '../../module/argument-spec.ts'
import type { Constraints, Example, Module, StateModule } from '../../module/module.ts'

/** The reference of modules as Markdown: file name -> text, a page a module and one that lists them. */
export function modulePages(modules: readonly Module[]): ReadonlyMap<string, string> {
  return new Map([['README.md', listPage(modules)], ...modules.map((module) => [`${module.name}.md`, modulePage(module)] as const)])
}

function listPage(modules: readonly Module[]): string {
  const rows = modules.map(({ name, summary }) => `| [${name}](${name}.md) | ${inCell(summary)} |`)
  return lines('# Modules', '', 'Made by `npm run docs` from the specs that run; `tsplay doc MODULE` tells the same.', '', '| module | what it does |', '|---|---|', ...rows, '')
}

function modulePage(module: Module): string {
  const { name, summary, aliases = [], args, freeForm, constraints = {}, examples } = module
  return lines(
    `# ${name}`, '', summary, '',
    ...aliases.length === 0 ? [] : [`Also called ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`, ''],
    ...Object.keys(args).length === 0 ? [] : ['## Arguments', '', '| argument | type | what it is |', '|---|---|---|', ...argumentRows(args, ''), ''],
    ...freeForm === undefined ? [] : [`Free text is \`${freeForm}\`.`, ''],
    ...constraintLines(constraints),
    '## Check mode and undo', '', ...behaviour(module), '',
    '## Examples', '', '```yaml', ...examples.map((example) => exampleText(name, example)), '```', '',
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

function constraintLines({ exclusive = [], oneOf = [], together = [], requiredIf = [], requiredAnyIf = [] }: Constraints): string[] {
  const named = (names: readonly string[], word: string): string => names.map((name) => `\`${name}\``).join(` ${word} `)
  const rules = [
    ...exclusive.map((names) => `- Only one of ${named(names, 'and')}.`),
    ...oneOf.map((names) => `- At least one of ${named(names, 'and')}.`),
    ...together.map((names) => `- ${named(names, 'and')} go together.`),
    ...requiredIf.map(([name, value, needed]) => `- With \`${name}: ${JSON.stringify(value)}\`: ${named(needed, 'and')}.`),
    ...requiredAnyIf.map(({ when, any }) => `- With ${Object.entries(when).map(([name, value]) => `\`${name}: ${JSON.stringify(value)}\``).join(' and ')}: ${named(any, 'or')}.`),
  ]
  return rules.length === 0 ? [] : [...rules, '']
}

function behaviour(module: Module): string[] {
  if (module.kind === 'state') return ['Keeps a state: check mode tells exactly what would change.', undoOf(module)]
  const told = { run: 'Changes nothing on the host by itself, so check mode runs it too.', predict: 'Check mode predicts what can be known, and says `unknown` where only running it could tell.', tell: 'Check mode runs it without changing anything.' }
  return [told[module.check]]
}

function undoOf({ undo = 'swap' }: StateModule<never, never, never>): string {
  if (typeof undo === 'function') return 'Whether a change can be taken back depends on the change; the journal says so.'
  return undo === 'swap' ? 'A change can be taken back.' : `A change cannot be taken back: ${undo.impossible}.`
}

function exampleText(module: string, { name, args, again }: Example): string {
  const remark = again === undefined ? [] : [`# changes something each time: ${again}`]
  return [...remark, stringify([{ name, [module]: args }], { lineWidth: 0 }).trimEnd()].join('\n')
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

const lines = (...all: readonly string[]): string => all.join('\n')
