import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join } from 'node:path'
import { UnknownValueError } from '../../value/unknown.ts'
import type { Session } from '../runtime/session.ts'
import { TemplateError } from '../template-error.ts'
import type { TemplateFile } from '../types.ts'
import { Bridge } from './bridge.ts'
import { guardedRuntime } from './guarded-runtime.ts'
import type { NunjucksEnvironment, NunjucksModule, NunjucksTemplate } from './nunjucks-types.ts'
import { describeNunjucksError } from './nunjucks-error.ts'

/**
 * Renders a file through the nunjucks package: its syntax and its operators, but our filters, tests and globals, our variables as
 * plain data, and no way from a template to anything else. The package is loaded when the first such file is rendered.
 */
export function renderNunjucks(file: TemplateFile, session: Session): string {
  const nunjucks = createRequire(import.meta.url)('nunjucks') as NunjucksModule
  const sources = new Map([[file.path, file.text]])
  const environment = createEnvironment(nunjucks, file, { sources, readText: (path) => session.engine.readText(path) })
  const bridge = new Bridge(session)
  Object.assign(environment, { ...bridge.plugins(), globals: Object.create(null) as object })
  guardTemplates(environment, guardedRuntime(nunjucks, bridge))
  try {
    return String(environment.getTemplate(file.path).render({}))
  } catch (error) {
    const cause = bridge.failure ?? error
    if (cause instanceof TemplateError || cause instanceof UnknownValueError) throw cause
    throw describeNunjucksError({ error, cause }, file, sources)
  }
}

interface Reading {
  readonly sources: Map<string, string>
  readonly readText: (path: string) => string
}

function createEnvironment(nunjucks: NunjucksModule, file: TemplateFile, { sources, readText }: Reading): NunjucksEnvironment {
  const { trimBlocks = false, lstripBlocks = false, ...delimiters } = file.options ?? {}
  const folders = [dirname(file.path), ...file.searchPath]
  const loader = {
    cache: {},
    getSource: (name: string) => {
      const candidates = [name, ...isAbsolute(name) ? [] : folders.map((folder) => join(folder, name))]
      const path = candidates.find((candidate) => sources.has(candidate) || existsSync(candidate))
      if (path === undefined) return null
      const src = sources.get(path) ?? readText(path)
      sources.set(path, src)
      return { src, path, noCache: false }
    },
  }
  return new nunjucks.Environment([loader], { autoescape: false, throwOnUndefined: true, trimBlocks, lstripBlocks, tags: tagsOf(delimiters) })
}

function tagsOf(delimiters: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const names = ['blockStart', 'blockEnd', 'variableStart', 'variableEnd', 'commentStart', 'commentEnd']
  return Object.fromEntries(names.flatMap((name) => typeof delimiters[name] === 'string' ? [[name, delimiters[name]]] : []))
}

/** Every template of the environment, included ones too, runs with our runtime in place of nunjucks' own. */
function guardTemplates(environment: NunjucksEnvironment, runtime: object): void {
  const getTemplate = environment.getTemplate.bind(environment)
  const guarded = new WeakSet<NunjucksTemplate>()
  environment.getTemplate = (...args) => {
    const [name, eager, parent, ignoreMissing, callback] = args
    const template = getTemplate(name, true, typeof parent === 'string' ? parent : undefined, ignoreMissing === true)
    if (!guarded.has(template)) {
      guarded.add(template)
      const run = template.rootRenderFunc
      template.rootRenderFunc = (...[env, context, frame, , done]) => { run(env, context, frame, runtime, done) }
    }
    const done = [eager, parent, callback].find((each) => typeof each === 'function') as ((error: null, template: NunjucksTemplate) => void) | undefined
    done?.(null, template)
    return template
  }
}
