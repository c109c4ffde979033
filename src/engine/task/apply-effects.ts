import type { ControlEffect } from '../../module/module.ts'
import { fromJson, isJsonObject } from '../../value/json.ts'
import type { Dict, Json, JsonObject, Value } from '../../value/value.ts'
import { VaultString } from '../../value/vault-string.ts'
import { asBoolean, keyword } from './keyword.ts'
import { gathersFacts } from './gathers-facts.ts'
import { includeVariables } from './include-variables.ts'
import type { ItemEnd } from './item-end.ts'
import { routeOf } from './route.ts'
import { isConnectionName } from './route-cache.ts'
import type { Site } from './site.ts'

/** Lets a result change the run itself: facts, variables, hosts, groups, stats. Returns the end, amended where only this could tell. */
export async function applyEffects(site: Site, end: ItemEnd): Promise<ItemEnd> {
  let amended = end
  for (const effect of end.effects) amended = await applyEffect({ site, end: amended }, effect)
  return amended
}

interface Applied {
  readonly site: Site
  readonly end: ItemEnd
}

type Apply = { readonly [Kind in ControlEffect['kind']]: (applied: Applied, effect: Extract<ControlEffect, { kind: Kind }>) => ItemEnd | Promise<ItemEnd> }

const APPLY: Apply = {
  facts({ site, end }, { facts }) {
    const { request, events, routes } = site.play.run
    routes.forget()
    const isGathering = gathersFacts(site)
    for (const host of factHosts(site)) {
      request.variables.setFacts(host, dictOf(facts))
      if (isGathering) site.play.run.gathered.add(host)
      if (isGathering) events.emit({ kind: 'facts-gathered', host })
    }
    return end
  },
  variables({ site, end }, { variables }) {
    if (Object.keys(variables).some(isConnectionName)) site.play.run.routes.forget()
    const dict: Dict = new Map(Object.entries(variables).map(([name, json]) => [name, vaulted(site, name) ?? (typeof json === 'boolean' ? json : typed(end, name, json))]))
    for (const host of factHosts(site)) site.play.run.request.variables.setVariables(host, dict)
    return end
  },
  'include-vars': ({ site, end }, effect) => includeVariables(site, end, effect),
  'add-host'({ site, end }, { name, groups, variables }) {
    const values = new Map([...Object.entries(variables)].map(([key, json]): [string, Value] => [key, typed(end, key, json)]))
    inventoryChanged(site)
    return withChange(site, end, site.play.run.request.inventory.addHost(name, groups, values))
  },
  'add-to-groups'({ site, end }, { groups, parents }) {
    const added = groups.map((group) => site.play.run.request.inventory.addToGroup(site.host, group, parents))
    inventoryChanged(site)
    return withChange(site, end, added.some(Boolean))
  },
  stats({ site, end }, { data, perHost, aggregate }) {
    const { events, stats } = site.play.run
    const host = perHost ? site.host : undefined
    const sum = aggregate ? aggregated(stats.get(host) ?? {}, data) : { ...stats.get(host), ...data }
    stats.set(host, sum)
    events.emit({ kind: 'stats-set', host, data: sum })
    return end
  },
  async 'reset-connection'({ site, end }) {
    await site.play.run.sessions.reset(routeOf(site, site.delegate()).target)
    return end
  },
}

/** The task's own values keep types that JSON has not. */
function typed(end: ItemEnd, name: string, json: Json): Value {
  return end.values?.get(name) ?? fromJson(json)
}

/** What is written encrypted stays so until it is used. */
function vaulted({ step }: Site, name: string): VaultString | undefined {
  const written = step.task.args.named.get(name)?.value
  return written instanceof VaultString ? written : undefined
}

/** Numbers and texts are added up, lists joined, dicts merged; what is of another kind than before stays as it was. */
function aggregated(before: JsonObject, more: JsonObject): JsonObject {
  return { ...before, ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, sumOf(before[name], value)])) }
}

function sumOf(before: Json | undefined, more: Json): Json {
  if (before === undefined) return more
  if (typeof before === 'number' && typeof more === 'number') return before + more
  if (typeof before === 'string' && typeof more === 'string') return before + more
  if (Array.isArray(before) && Array.isArray(more)) return [...before as readonly Json[], ...more as readonly Json[]]
  return isJsonObject(before) && isJsonObject(more) ? { ...before, ...more } : before
}

function inventoryChanged({ play: { run } }: Site): void {
  run.line.forget()
  run.routes.forget()
}

function applyEffect(applied: Applied, effect: ControlEffect): ItemEnd | Promise<ItemEnd> {
  // The table has each kind with its own effect; the type system cannot follow the pair through an index.
  const apply = APPLY[effect.kind] as (applied: Applied, effect: ControlEffect) => ItemEnd | Promise<ItemEnd>
  return apply(applied, effect)
}

/** With delegate_facts they are the delegate's. */
function factHosts(site: Site): readonly string[] {
  if (!asBoolean(keyword(site, 'delegateFacts'), false)) return site.shares
  const delegate = site.delegate()
  return delegate === undefined ? site.shares : [delegate]
}

/** Unless `changed_when` has spoken. */
function withChange(site: Site, end: ItemEnd, changed: boolean): ItemEnd {
  if (site.step.task.changedWhen !== undefined || (end.status !== 'ok' && end.status !== 'changed')) return end
  return { ...end, status: changed ? 'changed' : 'ok', result: { ...end.result, changed } }
}

function dictOf(json: JsonObject): Dict {
  return new Map(Object.entries(json).map(([name, value]) => [name, fromJson(value)]))
}
