import { parseSections, SectionsError, type SectionOptions } from '../../text/ini-sections.ts'
import { EvaluationError } from '../evaluation-error.ts'

/** Sections of an INI text; what is wrong with it is the template's error. */
export function sectionsOf(text: string, options: SectionOptions): ReturnType<typeof parseSections> {
  try {
    return parseSections(text, options)
  } catch (error) {
    throw error instanceof SectionsError ? new EvaluationError('lookup-failed', error.message) : error
  }
}
