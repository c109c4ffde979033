import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import type { Argument, ArgumentSpec } from '../module/argument-spec.ts'
import type { Module } from '../module/module.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { OwnModules } from '../own/own-modules.ts'
import { openConfig } from './compose/open-config.ts'

/** `tsplay doc`: one module, or the list of all. */
export async function docCommand(name: string | undefined): Promise<number> {
  process.stdout.write(name === undefined ? listText() : moduleText(await findModule(name)))
  return 0
}

function listText(): string {
  const width = Math.max(...MODULES.map((module) => module.name.length))
  return MODULES.map((module) => `${module.name.padEnd(width)}  ${module.summary}\n`).join('')
}

/** Writes the reference of all modules into a folder, and takes away pages of modules that are gone. */
export async function writePages(folder: string): Promise<number> {
  const { modulePages } = await import('./doc/module-pages.ts')
  const pages = modulePages(MODULES)
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.md') && !pages.has(name)) rmSync(join(folder, name))
  for (const [name, text] of pages) writeFileSync(join(folder, name), text)
  return 0
}

/** Those of people's own are looked for as a playbook in this folder would. */
async function findModule(name: string): Promise<Module> {
  const registry = new OwnModules(createModuleRegistry(MODULES), openConfig({}))
  registry.found(process.cwd())
  registry.resolve(name, [])
  for (const { summary } of await registry.load()) process.stderr.write(`${summary}\n`)
  const module = registry.find(name)
  if (module) return module
  const near = registry.nearest(name)
  throw new DiagnosticError([{
    code: 'unknown-module', severity: 'error', summary: `Cannot describe '${name}': there is no such module`,
    ...near.length > 0 ? { hint: `Did you mean ${near.map((other) => `'${other}'`).join(' or ')}?` } : {},
  }])
}

function moduleText(module: Module): string {
  const own = module.documentation?.() ?? module.obstacle?.()?.summary
  if (own !== undefined) return `${module.name}: ${module.summary}\n\n${own}\n`
  const aliases = module.aliases?.length ? [`Also called ${module.aliases.join(', ')}.`] : []
  return [
    `${module.name}: ${module.summary}`, ...aliases, '',
    'Arguments', ...argumentLines(module.args, 2), '',
    'Examples', ...module.examples.flatMap((example) => exampleLines(module.name, example)), '',
  ].join('\n')
}

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

function exampleLines(module: string, example: { readonly name: string, readonly args: object }): string[] {
  return [`  - name: ${example.name}`, `    ${module}:`, ...Object.entries(example.args).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}`)]
}
