import type { Setting } from '../config/setting.ts'
import type { Module } from '../module/module.ts'
import { inventorySchema } from './inventory-schema.ts'
import { playbookSchema } from './playbook-schema.ts'
import { argumentSpecsSchema, metaSchema } from './role-schemas.ts'
import { lintSchema, settingsSchema } from './settings-schemas.ts'
import type { Schema } from './shapes.ts'
import { taskSchema } from './task-schema.ts'

/** What schemas are derived from, besides the loader's tables. */
export interface SchemaParts {
  readonly modules: readonly Module[]
  readonly settings: ReadonlyMap<string, Setting>
  readonly lint: { readonly profiles: readonly string[], readonly rules: readonly string[] }
}

/** Every schema by its name; NAME.json is its file. */
export function createSchemas({ modules, settings, lint }: SchemaParts): Readonly<Record<string, Schema>> {
  return {
    playbook: playbookSchema(),
    tasks: taskSchema(modules),
    meta: metaSchema(),
    argument_specs: argumentSpecsSchema(),
    inventory: inventorySchema(),
    settings: settingsSchema(settings),
    lint: lintSchema(lint),
  }
}
