import { readFileSync } from 'node:fs'
import { createPaint } from '../diagnostics/paint.ts'
import type { Diagnostic } from '../diagnostics/types.ts'
import { findFiles } from '../lint/find-files.ts'
import { githubReport } from '../lint/formats/github.ts'
import { jsonReport } from '../lint/formats/json.ts'
import { sarifReport } from '../lint/formats/sarif.ts'
import { textReport } from '../lint/formats/text.ts'
import { lintFiles } from '../lint/lint-files.ts'
import { RULES } from '../lint/rules/index.ts'
import { DEFAULT_SETTINGS, type LintSettings, readSettings, SETTINGS_FILES } from '../lint/settings.ts'
import { wantsColour } from '../report/create-output.ts'
import { Problems } from '../yaml/problems.ts'
import { isFile } from '../yaml/source-store.ts'
import type { LintFlags } from './commands/lint.ts'
import { checkFiles } from './compose/check-files.ts'
import { openConfig } from './compose/open-config.ts'
import { failOnErrors } from './compose/problems.ts'
import { EXIT } from './exit-codes.ts'
import { version } from './version.ts'

/** `tsplay lint`: exits with 0 when there is nothing to mend, 2 when there is. */
export async function lintCommand(paths: readonly string[], flags: LintFlags): Promise<number> {
  if (flags.listRules) return listRules()
  const settings = settingsOf(flags)
  const files = findFiles(paths.length === 0 ? ['.'] : paths, settings.exclude)
  const findings = lintFiles(files, settings, await checkFiles(files, flags))
  process.stdout.write(report(findings, flags, files.length))
  return findings.some(({ severity }) => severity === 'error') ? EXIT.failedHosts : EXIT.ok
}

function report(findings: readonly Diagnostic[], { format }: LintFlags, files: number): string {
  if (format === 'json') return jsonReport(findings)
  if (format === 'sarif') return sarifReport(findings, version)
  if (format === 'github') return githubReport(findings)
  return textReport(findings, { paint: createPaint(wantsColour(process.stdout, openConfig({}))), files })
}

function settingsOf(flags: LintFlags): LintSettings {
  const problems = new Problems()
  const path = flags.config ?? SETTINGS_FILES.find(isFile)
  const said = path === undefined ? DEFAULT_SETTINGS : readSettings({ path, text: readFileSync(path, 'utf8') }, problems)
  const profile = flags.profile === undefined ? said.profile : readSettings({ path: '<--profile>', text: `profile: ${flags.profile}` }, problems).profile
  failOnErrors(problems.diagnostics)
  return {
    profile,
    skip: [...said.skip, ...flags.skipList ?? []],
    warn: [...said.warn, ...flags.warnList ?? []],
    enable: [...said.enable, ...flags.enableList ?? []],
    exclude: [...said.exclude, ...flags.exclude ?? []],
  }
}

function listRules(): number {
  const width = Math.max(...RULES.map(({ id }) => id.length))
  const lines = RULES.toSorted((a, b) => a.id.localeCompare(b.id)).map(({ id, profile, optional, meaning }) => `${id.padEnd(width)}  ${optional ? 'off' : profile}  ${meaning}\n`)
  process.stdout.write(lines.join(''))
  return EXIT.ok
}
