import { asTexts } from '../task/keyword.ts'
import { openSite, type SitePlace } from '../task/site.ts'

/** Whether `--tags` and `--skip-tags` let a task run. */
export function isWanted(place: SitePlace): boolean {
  const { tags, skipTags } = place.play.run.request.options
  return isSelected(tagsOf(place), { tags, skipTags })
}

/** The tags of a task and all that encloses it; evaluated once a play. */
export function tagsOf(place: SitePlace): readonly string[] {
  const { play, step } = place
  const known = play.tags.get(step.id)
  if (known) return known
  const tags = evaluateTags(place)
  play.tags.set(step.id, tags)
  return tags
}

export interface TagChoice {
  readonly tags: readonly string[]
  readonly skipTags: readonly string[]
}

/** Ansible's rules for always, never, all, tagged and untagged. */
export function isSelected(own: readonly string[], { tags, skipTags }: TagChoice): boolean {
  const names = new Set(own.length > 0 ? own : ['untagged'])
  return isAsked(names, tags) && !isSkipped(names, skipTags)
}

function isAsked(own: ReadonlySet<string>, wanted: readonly string[]): boolean {
  if (own.has('always') || wanted.some((tag) => own.has(tag))) return true
  if (own.has('never')) return false
  return wanted.length === 0 || wanted.includes('all') || (wanted.includes('tagged') && !own.has('untagged'))
}

function isSkipped(own: ReadonlySet<string>, skipped: readonly string[]): boolean {
  if (skipped.includes('all')) return !own.has('always') || skipped.includes('always')
  if (skipped.some((tag) => own.has(tag))) return true
  return skipped.includes('tagged') && !own.has('untagged')
}

function evaluateTags(place: SitePlace): readonly string[] {
  const raw = place.step.frame.keywords.tags
  if (raw.length === 0) return []
  const site = openSite(place)
  const { templar } = place.play.run.request
  return raw.flatMap((value) => asTexts(templar.evaluate(value, site.scope), ','))
}
