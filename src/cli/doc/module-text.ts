import type { Argument, ArgumentSpec } from '../../module/argument-spec.ts'
import type { Described } from './controls.ts'
import { behaviourSentences, behaviourTitle, constraintSentences, examplesText } from './module-facts.ts'

/** A module as a terminal shows it. */
export function moduleText(module: Described): string {
  const own = module.documentation?.() ?? module.obstacle?.()?.summary
  if (own !== undefined) return `${module.name}: ${module.summary}\n\n${own}\n`
  const { name, summary, aliases = [], args, freeForm, constraints = {} } = module
  return [
    `${name}: ${summary}`, ...aliases.length === 0 ? [] : [`Also called ${aliases.join(', ')}.`], '',
    'Arguments', ...argumentLines(args, 2),
    ...freeForm === undefined ? [] : [`  Free text is ${freeForm}.`],
    ...constraintSentences(constraints, plain).map((rule) => `  ${rule}`), '',
    behaviourTitle(module), ...behaviourSentences(module, plain).map((sentence) => `  ${sentence}`), '',
    'Examples', ...examplesText(module).split('\n').map((line) => `  ${line}`), '',
  ].join('\n')
}

const plain = (text: string): string => text

function argumentLines(spec: ArgumentSpec, indent: number): string[] {
  return Object.entries(spec).flatMap(([name, argument]) => [
    `${' '.repeat(indent)}${name}  (${argumentFacts(argument)})`,
    `${' '.repeat(indent + 4)}${argument.description}`,
    ...argument.options ? argumentLines(argument.options, indent + 4) : [],
  ])
}

function argumentFacts(argument: Argument): string {
  const type = argument.elements ? `${argument.type} of ${argument.elements}` : argument.type
  return [
    type,
    ...argument.required ? ['required'] : [],
    ...argument.default !== undefined ? [`default ${JSON.stringify(argument.default)}`] : [],
    ...argument.choices ? [`one of ${argument.choices.join(', ')}`] : [],
    ...argument.aliases?.length ? [`alias ${argument.aliases.join(', ')}`] : [],
    ...argument.secret ? ['never shown'] : [],
  ].join(', ')
}
