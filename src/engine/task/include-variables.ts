import { closeSync, openSync, readSync } from 'node:fs'
import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { ControlEffect } from '../../module/module.ts'
import { toJson } from '../../value/json.ts'
import { combination } from '../../value/merge-dicts.ts'
import { PlacedMap, placeOf } from '../../value/placed-map.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Dict, Value } from '../../value/value.ts'
import type { ItemEnd } from './item-end.ts'
import type { Site } from './site.ts'

type IncludeVars = Extract<ControlEffect, { kind: 'include-vars' }>

/** Loads the files of include_vars for the hosts of a task. What an encrypted file says is not shown. */
export async function includeVariables(site: Site, end: ItemEnd, effect: IncludeVars): Promise<ItemEnd> {
  const { variables } = site.play.run.request
  const all = await loadAll(site, effect.files)
  const dict: Dict = effect.name === undefined ? all : new Map([[effect.name, all]])
  const combined = effect.merge === true ? mergedOver(site, dict) : dict
  site.play.run.routes.forget()
  for (const host of site.shares) variables.includeVariables(host, combined)
  const result = { ...end.result, ansible_facts: toJson(asWritten(combined)) }
  return { ...end, result, ...effect.files.some(isVault) && { silent: true } }
}

/** Later files win. */
async function loadAll(site: Site, files: readonly string[]): Promise<PlacedMap> {
  const all = new PlacedMap()
  for (const file of files) {
    const variables = await load(site, file)
    for (const [key, value] of variables) all.place(key, value, placeOf(variables, key))
  }
  return all
}

async function load(site: Site, file: string): Promise<Dict> {
  const { value, diagnostics } = await site.play.run.request.loader.variables(file)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new DiagnosticError(errors)
  return value
}

/** `hash_behaviour: merge`: dicts join those that the task sees. */
function mergedOver({ scope }: Site, dict: Dict): Dict {
  const combine = combination(true)
  return new Map([...dict].map(([key, value]) => [key, combine(typeof key === 'string' ? scope.get(key) : undefined, value)]))
}

/** Templates as texts: variables are evaluated where they are used. */
function asWritten(value: Value): Value {
  if (value instanceof TemplateString) return value.source
  if (Array.isArray(value)) return value.map(asWritten)
  return value instanceof Map ? new Map([...value].map(([key, item]) => [key, asWritten(item)])) : value
}

function isVault(path: string): boolean {
  const file = openSync(path, 'r')
  const start = Buffer.alloc(VAULT.length)
  readSync(file, start, 0, VAULT.length, 0)
  closeSync(file)
  return start.toString('latin1') === VAULT
}

const VAULT = '$ANSIBLE_VAULT;'
