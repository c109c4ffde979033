import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createTemplar } from '../../src/template/templar.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { type FoundTemplate, collectTemplates } from './collect-templates.ts'

const SHOWN = 40

/** `npm run jinja-corpus -- DIR...`: parses every template of checkouts and says what Jinja2 accepts and tsplay does not. */
function main(folders: readonly string[]): number {
  if (folders.length === 0) {
    process.stderr.write('usage: npm run jinja-corpus -- DIR...\n')
    return 2
  }
  const templates = folders.flatMap(collectTemplates)
  const ours = templates.map(problemOf)
  const theirs = jinja2Problems(templates)
  for (const kind of ['file', 'string', 'condition'] as const) report(kind, templates.map((template, index) => ({ template, ours: ours[index], theirs: theirs?.[index] })).filter(({ template }) => template.kind === kind), theirs !== undefined)
  const missed = templates.filter((_template, index) => ours[index] !== undefined && (theirs === undefined || theirs[index] === null))
  return missed.length === 0 ? 0 : 1
}

interface Judged {
  readonly template: FoundTemplate
  readonly ours: string | undefined
  readonly theirs: string | null | undefined
}

function report(kind: FoundTemplate['kind'], judged: readonly Judged[], isCompared: boolean): void {
  const accepted = isCompared ? judged.filter(({ theirs }) => theirs === null) : judged
  const missed = accepted.filter(({ ours }) => ours !== undefined)
  const rate = accepted.length === 0 ? 100 : 100 * (1 - missed.length / accepted.length)
  const laxer = isCompared ? judged.filter(({ ours, theirs }) => ours === undefined && theirs !== null) : []
  process.stdout.write(`${kind}s: ${judged.length} found, ${isCompared ? `${accepted.length} accepted by Jinja2, ` : ''}${accepted.length - missed.length} of them parsed (${rate.toFixed(3)}%)${laxer.length === 0 ? '' : `; ${laxer.length} more that Jinja2 refuses`}\n`)
  for (const { template, ours } of missed.slice(0, SHOWN)) process.stdout.write(`  ${template.path}: ${ours}\n    ${JSON.stringify(template.text.slice(0, 200))}\n`)
}

const templar = createTemplar()

function problemOf({ kind, path, text }: FoundTemplate): string | undefined {
  const range = { file: { path, text }, start: 0, end: text.length }
  const [problem] = templar.check(new TemplateString(text, range), kind === 'condition' ? 'expression' : kind === 'file' ? 'file' : 'template')
  return problem?.message
}

/** What Jinja2 says of each, or undefined where python3-jinja2 is not installed. */
function jinja2Problems(templates: readonly FoundTemplate[]): readonly (string | null)[] | undefined {
  const input = JSON.stringify(templates.map(({ kind, text }) => [kind, text]))
  const run = spawnSync('python3', [join(import.meta.dirname, 'jinja2-accepts.py')], { input, encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (run.status === 0) return JSON.parse(run.stdout) as readonly (string | null)[]
  process.stderr.write(`Jinja2 is not asked: ${run.stderr.trim().split('\n').at(-1) ?? ''}\n`)
  return undefined
}

process.exitCode = main(process.argv.slice(2))
