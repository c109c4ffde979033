import { existsSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Controller } from '../../module/controller.ts'
import { ModuleFailure } from '../../module/module.ts'
import { variableTexts } from './variable-texts.ts'
import { templateScope } from '../../template/template-variables.ts'
import type { Remote } from '../../remote/remote.ts'
import { expandHome } from '../../text/expand-home.ts'
import { TemplateString } from '../../value/template-string.ts'
import { fromJson, toJson } from '../../value/json.ts'
import { requireKnown } from '../../value/require-known.ts'
import type { Json } from '../../value/value.ts'
import { VaultError } from '../../vault/vault-error.ts'
import { jobAccess } from '../async/job-access.ts'
import { collectTexts } from './arguments.ts'
import { routeTo } from './route.ts'
import { searchPath } from './search-path.ts'
import type { Site } from './site.ts'
import { taskName } from './task-name.ts'
import { isUndefinedVariable } from './undefined-variable.ts'

export interface ControllerParts {
  readonly site: Site
  readonly predicted: boolean
  /** Texts that may be evaluated as conditions: those of the task's own source. */
  readonly sourceTexts: ReadonlySet<string>
}

/** What modules may use of the control host and of their task. */
export function createController(parts: ControllerParts): Controller {
  const { site } = parts
  const { run } = site.play
  const { request } = run
  return {
    findFile: (name, kind) => findFile(site, name, kind),
    readFile: (path, options) => request.readFile(path, options).catch((error: unknown) => { throw error instanceof VaultError ? undecrypted(path, error) : error }),
    renderTemplate(path, { name, destination, options }) {
      const text = request.templar.readText(path)
      const file = { path, text, searchPath: templateFolders(site), ...(options && { options }) }
      return request.templar.renderFile(file, templateScope(site.scope, { path, name, destination, setting: (setting) => request.config.find(setting) }))
    },
    condition: (expression) => condition(parts, expression),
    variable: (name) => variable(parts, name),
    jobs: jobAccess({ jobs: run.jobs, config: request.config, variable: (name) => variable(parts, name) }),
    value: (name) => {
      const raw = site.scope.get(name)
      return raw === undefined ? undefined : requireKnown(request.templar.evaluate(raw, site.scope))
    },
    remote: (host): Promise<Remote> => run.sessions.remote({ ...routeTo(site, host), predicted: parts.predicted }),
    async reconnect() {
      const route = { ...routeTo(site, site.delegate() ?? site.host), predicted: parts.predicted }
      await run.sessions.reset(route.target)
      return run.sessions.remote(route)
    },
    local: () => run.sessions.local(parts.predicted),
    prompt: request.prompt,
    isInteractive: request.isInteractive,
    taskName: () => taskName(site),
    get target() { return targetOf(site) },
    isDelegated: site.step.frame.keywords.delegateTo !== undefined,
    jinjaIsNative: request.templar.isNative,
    verbosity: request.options.verbosity,
  }
}

/** In Ansible's words where no password is given at all. */
function undecrypted(path: string, { kind, message }: VaultError): ModuleFailure {
  return new ModuleFailure(kind === 'no-secret' ? `A vault password or secret must be specified to decrypt ${path}` : `Cannot decrypt ${path}: ${message}`)
}

function findFile(site: Site, name: string, kind: 'files' | 'templates' | 'vars'): string {
  const wanted = expandHome(name)
  const tried = isAbsolute(wanted) ? [wanted] : searchPath(site.play.play, site.step).flatMap((folder) => [join(folder, kind, wanted), join(folder, wanted)])
  const found = tried.find((path) => existsSync(path))
  if (found === undefined) throw new ModuleFailure(`Cannot find '${name}': looked at ${tried.join(', ')}`)
  // A trailing slash says "what is in this folder", and is for the module to see.
  return wanted.endsWith('/') && !found.endsWith('/') && statSync(found).isDirectory() ? `${found}/` : found
}

function templateFolders(site: Site): string[] {
  return searchPath(site.play.play, site.step).flatMap((folder) => [join(folder, 'templates'), folder])
}

/** An expression is evaluated only when the task's author wrote it. */
function variable({ site, sourceTexts }: ControllerParts, name: string): Json | undefined {
  const { templar } = site.play.run.request
  const raw = site.scope.get(name) ?? (sourceTexts.has(name) ? new TemplateString(`{{ ${name} }}`) : undefined)
  if (raw === undefined) return undefined
  try {
    return toJson(requireKnown(templar.evaluate(raw, site.scope)))
  } catch (error) {
    if (isUndefinedVariable(error)) return undefined
    throw error
  }
}

/** Data is never evaluated: a text that came out of a template is not an expression, whatever it says. */
function condition({ site, sourceTexts }: ControllerParts, expression: Json): boolean {
  if (typeof expression === 'boolean') return expression
  const looped = typeof expression === 'string' ? loopedCondition(site, expression) : undefined
  if (looped !== undefined) return site.play.run.request.templar.condition(looped, site.scope)
  if (typeof expression === 'string' && !sourceTexts.has(expression) && !variableTexts(site).has(expression)) {
    throw new ModuleFailure(`Cannot take ${JSON.stringify(expression)} for a condition: it is the text of a value, which is never evaluated`)
  }
  return site.play.run.request.templar.condition(fromJson(expression), site.scope)
}

/** `that: item`, where the task's own loop lists conditions: the one whose turn it is. */
function loopedCondition({ special, step }: Site, name: string): string | undefined {
  const value = special.get(name)
  if (typeof value !== 'string' || step.task.loop === undefined) return undefined
  const texts = new Set<string>()
  collectTexts(step.task.loop.value, texts)
  return texts.has(value) ? value : undefined
}

function targetOf(site: Site): Controller['target'] {
  const { target } = routeTo(site, site.host)
  return { ...target, host: site.host, address: target.address ?? target.host, port: target.port, user: target.user }
}
