import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SETTING_TABLE } from '../config/settings.ts'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { didYouMean } from '../diagnostics/nearest.ts'
import { PROFILES } from '../lint/rule.ts'
import { RULES } from '../lint/rules/index.ts'
import { MODULES } from '../modules/index.ts'
import { createSchemas } from '../schema/schemas.ts'
import { EXIT } from './exit-codes.ts'

/** `tsplay schema`: one schema, the names of all, or all of them as files. */
export function schemaCommand(name: string | undefined, { write }: { readonly write?: string }): number {
  const schemas = createSchemas({ modules: MODULES, settings: SETTING_TABLE, lint: { profiles: PROFILES, rules: RULES.map(({ id }) => id) } })
  if (write !== undefined) {
    mkdirSync(write, { recursive: true })
    for (const [own, schema] of Object.entries(schemas)) writeFileSync(join(write, `${own}.json`), text(schema))
  } else if (name === undefined) process.stdout.write(Object.entries(schemas).map(([own, { title }]) => `${own.padEnd(16)}${String(title)}\n`).join(''))
  else process.stdout.write(text(found(schemas, name)))
  return EXIT.ok
}

function found(schemas: Readonly<Record<string, object>>, name: string): object {
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
  if (schema !== undefined) return schema
  const hint = didYouMean(name, Object.keys(schemas)) ?? `It is one of ${Object.keys(schemas).join(', ')}`
  throw new DiagnosticError([{ code: 'unknown-schema', severity: 'error', summary: `Cannot print the schema '${name}': there is none of that name`, hint }])
}

function text(schema: object): string {
  return `${JSON.stringify(schema, null, 1)}\n`
}
