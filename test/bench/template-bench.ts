import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createTemplar } from '../../src/template/templar.ts'
import { fromJson } from '../../src/value/json.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Json, Value } from '../../src/value/value.ts'
import { type TemplateWorkload, createTemplateWorkload } from './template-workload.ts'

/** Seconds of each piece of work; outputs are compared, so that all do the same. */
export interface TemplateFigures {
  readonly compileHaproxy: number
  readonly renderHaproxy: number
  readonly compileExpressions: number
  readonly renderExpressions: number
}

const ROUNDS = 200

/** Compiles and renders the same with tsplay, nunjucks and Jinja2, in turns; the best of each. */
export function templateFigures(folder: string): readonly (readonly [string, TemplateFigures])[] {
  const contestants: readonly (readonly [string, (workload: TemplateWorkload) => Measured])[] = [['tsplay', measureTsplay], ['nunjucks', measureNunjucks], ['Jinja2', (workload) => measureJinja2(workload, folder)]]
  const runs = Array.from({ length: 3 }, (_, run) => contestants.map(([, measure]) => measure(createTemplateWorkload(run))))
  for (const run of runs) for (const { output } of run) if (output !== run[0]?.output) throw new Error('The template engines do not agree')
  return contestants.map(([name], index) => [name, best(runs.flatMap((run) => run[index]?.figures ?? []))])
}

interface Measured {
  readonly figures: TemplateFigures
  readonly output: string
}

function best(figures: readonly TemplateFigures[]): TemplateFigures {
  const least = (name: keyof TemplateFigures) => Math.min(...figures.map((each) => each[name]))
  return { compileHaproxy: least('compileHaproxy'), renderHaproxy: least('renderHaproxy'), compileExpressions: least('compileExpressions'), renderExpressions: least('renderExpressions') }
}

function measureTsplay(workload: TemplateWorkload): Measured {
  const values = new Map<string, Value>(Object.entries(workload.variables).map(([name, value]) => [name, fromJson(value as Json)]))
  const scope = { get: (name: string) => values.get(name), names: () => values.keys() }
  const templar = createTemplar()
  const file = { path: 'haproxy.j2', text: workload.haproxy, searchPath: [] }
  const templates = workload.expressions.map((text) => new TemplateString(text))
  let output = ''
  const compileHaproxy = timed(() => { repeat((round) => { templar.check(new TemplateString(`${workload.haproxy}${round}`), 'file') }) })
  const renderHaproxy = timed(() => { repeat(() => { output = templar.renderFile(file, scope) }) })
  const compileExpressions = timed(() => { for (const template of templates) templar.check(template) })
  let length = 0
  const renderExpressions = timed(() => { for (const template of templates) length += String(templar.evaluate(template, scope)).length })
  return { figures: { compileHaproxy, renderHaproxy, compileExpressions, renderExpressions }, output: `${output}${length}` }
}

interface NunjucksTemplate {
  render(variables: object): string
}

interface Nunjucks {
  readonly Environment: new (loader: null, options: object) => object
  readonly Template: new (text: string, environment: object, path: string, eager: boolean) => NunjucksTemplate
}

function measureNunjucks(workload: TemplateWorkload): Measured {
  const nunjucks = createRequire(import.meta.url)('nunjucks') as Nunjucks
  const environment = new nunjucks.Environment(null, { autoescape: false, trimBlocks: true })
  const compile = (text: string) => new nunjucks.Template(text, environment, '', true)
  const file = compile(workload.haproxy)
  let output = ''
  const compileHaproxy = timed(() => { repeat((round) => { compile(`${workload.haproxy}${round}`) }) })
  const renderHaproxy = timed(() => { repeat(() => { output = file.render(workload.variables) }) })
  let templates: NunjucksTemplate[] = []
  const compileExpressions = timed(() => { templates = workload.expressions.map(compile) })
  let length = 0
  const renderExpressions = timed(() => { for (const template of templates) length += template.render(workload.variables).length })
  return { figures: { compileHaproxy, renderHaproxy, compileExpressions, renderExpressions }, output: `${output}${length}` }
}

const JINJA2 = `
import json, sys, time
from jinja2 import Environment, StrictUndefined
work = json.load(open(sys.argv[1]))
variables, rounds = work['variables'], work['rounds']
environment = Environment(trim_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined)
def timed(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result
file = environment.from_string(work['haproxy'])
compile_file, _ = timed(lambda: [environment.from_string(work['haproxy'] + str(each)) for each in range(rounds)])
render_file, outputs = timed(lambda: [file.render(variables) for _ in range(rounds)])
compile_expressions, templates = timed(lambda: [environment.from_string(text) for text in work['expressions']])
render_expressions, lengths = timed(lambda: sum(len(template.render(variables)) for template in templates))
json.dump([compile_file, render_file, compile_expressions, render_expressions, outputs[-1] + str(lengths)], sys.stdout)
`

function measureJinja2(workload: TemplateWorkload, folder: string): Measured {
  const path = join(folder, 'templates.json')
  writeFileSync(path, JSON.stringify({ ...workload, rounds: ROUNDS }))
  const { status, stdout, stderr } = spawnSync('python3', ['-c', JINJA2, path], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`Jinja2 did not run: ${stderr}`)
  const [compileHaproxy, renderHaproxy, compileExpressions, renderExpressions, output] = JSON.parse(stdout) as [number, number, number, number, string]
  return { figures: { compileHaproxy, renderHaproxy, compileExpressions, renderExpressions }, output }
}

function repeat(work: (round: number) => void): void {
  for (let round = 0; round < ROUNDS; round++) work(round)
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}
