import { pathToFileURL } from 'node:url'
import { isAbsolute } from 'node:path'
import { positionAt } from '../../diagnostics/position.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { RULES } from '../rules/index.ts'

/** Findings as SARIF 2.1.0, which code scanning services read. */
export function sarifReport(findings: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))]
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'tsplay', version, rules: codes.map(describe) } },
      results: findings.map((finding) => result(finding, codes)),
    }],
  }, null, 2)}\n`
}

function describe(code: string): object {
  const rule = RULES.find(({ id }) => id === code)
  return { id: code, ...rule && { fullDescription: { text: rule.meaning }, help: { text: rule.mend } } }
}

function result({ code, severity, summary, hint, range }: Diagnostic, codes: readonly string[]): object {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: hint === undefined ? summary : `${summary}. ${hint}` },
    ...range && { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(range.file.path) }, region: regionOf(range) } }] },
  }
}

function uriOf(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/')
}

function regionOf(range: NonNullable<Diagnostic['range']>): object {
  const [from, to] = [positionAt(range.file, range.start), positionAt(range.file, range.end)]
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}
