import type { BackgroundJob, Controller, OtherModule } from '../../module/controller.ts'
import type { Module, ModuleResult } from '../../module/module.ts'
import { withoutSecrets } from '../../module/secrets.ts'
import { isTemplate, TemplateString } from '../../value/template-string.ts'
import type { JsonObject } from '../../value/value.ts'
import { evaluateArguments, ArgumentError, type EvaluatedArguments } from './arguments.ts'
import { createController } from './controller.ts'
import { environmentOf } from './environment.ts'
import { asBoolean, asNumber, asText, evaluated, keyword } from './keyword.ts'
import { routeOf } from './route.ts'
import type { Route } from '../session-pool.ts'
import { unknownModule, UnknownModuleError } from './unknown-module.ts'
import type { Site } from './site.ts'

/** A module with all that it needs to run for a task on a host. */
export interface Call extends EvaluatedArguments {
  readonly site: Site
  readonly module: Module
  readonly controller: Controller
  readonly delegate: string | undefined
  /** Worked out only when a connection is needed. */
  readonly route: () => Route
  readonly predicted: boolean
  readonly environment: Readonly<Record<string, string>> | undefined
  readonly noLog: boolean
  /** Whether differences are shown. */
  readonly showDiff: boolean
  /** Seconds after which the task is given up. */
  readonly timeout: number | undefined
  /** Seconds that `async` gives a task that is waited for. */
  readonly asyncSeconds: number | undefined
  /** It is to be left running on the host. */
  readonly job?: BackgroundJob
  /** Runs another module in place of this one. */
  readonly instead?: (other: OtherModule) => Promise<ModuleResult | undefined>
  /** What running it left behind: whether a command that may have changed anything was run. */
  readonly traces: { touched: boolean }
}

/** Evaluates everything about a task on a host. Throws what evaluation throws. */
export function prepareCall(site: Site): Call {
  const module = moduleOf(site)
  const given = evaluateArguments(site, module)
  const delegate = site.delegate()
  const route = once(() => routeOf(site, delegate))
  const { options } = site.play.run.request
  const predicted = asBoolean(keyword(site, 'checkMode'), options.check)
  const timeout = asNumber(evaluated(site, site.step.frame.keywords.timeout), site.play.run.request.config.get('TASK_TIMEOUT'))
  return {
    ...given, site, module, delegate, route, predicted,
    controller: createController({ site, predicted, sourceTexts: given.sourceTexts }),
    environment: environmentOf(site),
    traces: { touched: false },
    noLog: isSilent(site),
    showDiff: asBoolean(keyword(site, 'diff'), options.diff),
    asyncSeconds: asyncSeconds(site),
    timeout: timeout > 0 ? timeout : undefined,
  }
}

/** The same call of another module, which the site's task names with arguments of its own. */
export function callInstead(call: Call, site: Site): Call {
  const module = moduleOf(site)
  const given = evaluateArguments(site, module)
  return { ...call, ...given, site, module, controller: createController({ site, predicted: call.predicted, sourceTexts: given.sourceTexts }) }
}

function asyncSeconds(site: Site): number | undefined {
  const seconds = asNumber(evaluated(site, site.step.task.async), 0)
  return seconds > 0 && pollInterval(site) > 0 ? seconds : undefined
}

/** Seconds between two looks at a task with `async`; 0 is not to wait for it. */
export function pollInterval(site: Site): number {
  return asNumber(evaluated(site, site.step.task.poll), site.play.run.request.config.get('DEFAULT_POLL_INTERVAL'))
}

/** Whether the task's results are kept from view. */
export function isSilent(site: Site): boolean {
  return asBoolean(keyword(site, 'noLog'), site.play.run.request.config.get('DEFAULT_NO_LOG'))
}

/** Arguments as they may be shown: evaluated, secret ones hidden. */
export function shownArguments({ module, args, noLog }: Pick<Call, 'module' | 'args' | 'noLog'>): JsonObject {
  return noLog ? {} : withoutSecrets(module, args)
}

function moduleOf(site: Site): Module {
  const { modules } = site.play.run.request
  const name = moduleName(site)
  const module = modules.find(name)
  if (module) return module
  const { module: written, moduleRange } = site.step.task
  const problem = unknownModule(name, modules.nearest(name), moduleRange)
  throw isTemplate(written) ? new ArgumentError(problem.summary) : new UnknownModuleError([problem])
}

/** `action:` may name its module by a template. */
function moduleName(site: Site): string {
  const { module } = site.step.task
  return isTemplate(module) ? asText(evaluated(site, new TemplateString(module))) ?? module : module
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
