import type { HostEnd } from '../task/run-on-host.ts'
import { asBoolean, asText, keyword } from '../task/keyword.ts'
import type { Site } from '../task/site.ts'

/** Whether somebody wants to look at a task that ended so: by its `debugger`, the strategy `debug`, or the settings. */
export function needsDebugger(site: Site, end: HostEnd): boolean {
  const { config } = site.play.run.request
  const when = asText(keyword(site, 'debugger'))
  if (when !== undefined) return WANTED[when]?.(end, isPardoned(site)) ?? false
  const isGlobal = config.get('ENABLE_TASK_DEBUGGER') || /^(?:ansible\.builtin\.)?debug$/.test(site.play.settings.strategy)
  return isGlobal && (end.status === 'unreachable' || end.status === 'failed' && !isPardoned(site))
}

const WANTED: Readonly<Partial<Record<string, (end: HostEnd, pardoned: boolean) => boolean>>> = {
  always: () => true,
  never: () => false,
  on_failed: ({ status }, pardoned) => status === 'failed' && !pardoned,
  on_unreachable: ({ status }) => status === 'unreachable',
  on_skipped: ({ status }) => status === 'skipped',
}

function isPardoned(site: Site): boolean {
  return site.play.run.request.config.get('TASK_DEBUGGER_IGNORE_ERRORS') && asBoolean(keyword(site, 'ignoreErrors'), false)
}
