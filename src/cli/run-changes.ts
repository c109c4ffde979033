import type { RecordedEvent } from '../journal/event-text.ts'
import type { Json, JsonObject } from '../value/value.ts'

/** Changes of a run as lines, grouped by host, with what each destroyed; those that never ended are marked. */
export function changeLines(events: readonly RecordedEvent[]): string[] {
  const results = new Map(events.filter((event) => event.kind === 'change-ended').map((event) => [event['change'], event['result']]))
  const byHost = groupByHost(events)
  return [...byHost].flatMap(([host, changes]) => ['', host, ...changes.flatMap((change) => changeText(change, results.get(change['change'])))])
}

function groupByHost(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const byHost = new Map<string, RecordedEvent[]>()
  for (const event of events) {
    if (event.kind !== 'change-begun') continue
    const host = String(event['host'])
    byHost.set(host, [...byHost.get(host) ?? [], event])
  }
  return byHost
}

function changeText(change: RecordedEvent, result: Json | undefined): string[] {
  const task = (change['task'] ?? {}) as JsonObject
  const mark = result === 'made' ? '✓' : result === 'failed' ? '✗' : '? not ended:'
  const name = task['role'] ? `${String(task['role'])} : ${String(task['name'])}` : String(task['name'])
  const destroyed = Array.isArray(change['destroyed']) ? change['destroyed'] as readonly JsonObject[] : []
  return [
    `  ${mark} ${name}  (${String(change['module'])}, ${String(task['range'] ?? '')})`,
    ...destroyed.map((content) => `      kept ${String(content['path'])} as blob ${String(content['blob']).slice(0, 12)}`),
  ]
}
