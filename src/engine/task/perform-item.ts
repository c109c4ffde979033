import { UnknownValueError } from '../../value/unknown.ts'
import { applyEffects } from './apply-effects.ts'
import { attempt } from './attempts.ts'
import { prepareCall } from './call.ts'
import { doubt } from './doubt/doubt.ts'
import { errorEnd } from './error-end.ts'
import type { ItemEnd } from './item-end.ts'
import { skippedEnd } from './skipped-end.ts'
import { unknownEnd } from './unknown-end.ts'
import { isIgnored } from './is-ignored.ts'
import { UnknownModuleError } from './unknown-module.ts'
import { refuseNobody, type Site } from './site.ts'

/** Runs a task without a loop, or one item of its loop. Never throws. */
export async function performItem(site: Site): Promise<ItemEnd> {
  try {
    refuseNobody(site)
    return skippedEnd(site) ?? await applyEffects(site, await attempt(prepareCall(site)))
  } catch (error) {
    if (error instanceof UnknownModuleError && !isIgnored(site, 'failed')) site.play.run.fault ??= error
    if (!(error instanceof UnknownValueError)) return errorEnd(error)
    await doubt(site)
    return unknownEnd(site, error)
  }
}
