import { createHash } from 'node:crypto'
import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Execute } from '../session.ts'
import { quoteLiteral } from '../sql-text.ts'
import { serverProblem } from '../server-problem.ts'
import { record, untouchedText, type Counts, type MergeRecord, type Untouched } from './bookkeeping.ts'
import { countRows, findTable, targetTables, type TargetTable } from './catalog.ts'
import { dumpEntry, type DumpEntry } from './dump-entry.ts'
import { readDump } from './read-dump.ts'
import { DumpError, type Statement } from './statement.ts'
import { statements } from './statements.ts'

export interface MergeRequest {
  /** Path on the host. */
  readonly dump: string
  readonly name: string
  readonly sha256: string
}

/** Applies a dump within the transaction that `execute` is in; throws with the place in the dump when anything is wrong. */
export async function mergeDump(request: MergeRequest, execute: Execute, remote: Remote): Promise<MergeRecord> {
  await execute("SET LOCAL lock_timeout = '60s'")
  const merge = new Merge(request, execute, await targetTables(execute))
  for await (const statement of statements(request.dump, readDump(request.dump, remote))) await merge.take(dumpEntry(request.dump, statement))
  return merge.finish()
}

type Insert = Extract<DumpEntry, { kind: 'insert' }>

interface Tally {
  inserted: number
  untouched: number
}

const BATCH = 200

class Merge {
  readonly #request: MergeRequest
  readonly #execute: Execute
  readonly #tables: ReadonlyMap<string, TargetTable>
  readonly #tallies = new Map<string, Tally>()
  readonly #before = new Map<string, number>()
  readonly #untouched: Untouched[] = []
  readonly #sequences: Extract<DumpEntry, { kind: 'sequence' }>[] = []
  #batch: { readonly insert: Insert, readonly table: TargetTable }[] = []

  constructor(request: MergeRequest, execute: Execute, tables: ReadonlyMap<string, TargetTable>) {
    this.#request = request
    this.#execute = execute
    this.#tables = tables
  }

  async take(entry: DumpEntry): Promise<void> {
    if (entry.kind === 'sequence') this.#sequences.push(entry)
    else if (entry.kind === 'setting') await this.#set(entry)
    else await this.#insert(entry)
  }

  async finish(): Promise<MergeRecord> {
    await this.#flush()
    for (const sequence of this.#sequences) await this.#advance(sequence)
    const counts = await this.#counts()
    const untouchedSha256 = createHash('sha256').update(untouchedText(this.#untouched)).digest('hex')
    const merged = { name: this.#request.name, sha256: this.#request.sha256, untouchedSha256, counts }
    await record(this.#execute, merged, this.#untouched)
    return merged
  }

  async #set({ statement, sql }: Extract<DumpEntry, { kind: 'setting' }>): Promise<void> {
    await this.#flush()
    const encoding = /^SET LOCAL client_encoding = '?([\w-]+)'?$/i.exec(sql)
    if (encoding !== null && !/^utf-?8$/i.test(encoding[1] ?? '')) throw new DumpError(this.#request.dump, statement, 'only dumps in UTF8 can be merged')
    await this.#attempt(statement, sql)
  }

  async #insert(insert: Insert): Promise<void> {
    const table = findTable(this.#tables, insert.table)
    if (table === undefined) throw new DumpError(this.#request.dump, insert.statement, `there is no table ${insert.table} to merge into`)
    if (!this.#tallies.has(table.name)) await this.#begin(table)
    this.#batch.push({ insert, table })
    if (this.#batch.length >= BATCH) await this.#flush()
  }

  /** From its first row on, nobody else writes to a table, or its counts would prove nothing. */
  async #begin({ name }: TargetTable): Promise<void> {
    await this.#flush()
    await this.#execute(`LOCK TABLE ${name} IN SHARE ROW EXCLUSIVE MODE`)
    this.#before.set(name, (await countRows(this.#execute, [name])).get(name) ?? 0)
    this.#tallies.set(name, { inserted: 0, untouched: 0 })
  }

  async #flush(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    if (batch.length === 0) return
    const texts = batch.map(({ insert, table }) => insertUnlessThere(insert, table))
    const answers = await this.#executeAll(texts, batch.map(({ insert }) => insert.statement))
    batch.forEach(({ insert, table }, index) => { this.#note({ insert, table, inserted: answers[index] === 1 }) })
  }

  #note({ insert, table, inserted }: { readonly insert: Insert, readonly table: TargetTable, readonly inserted: boolean }): void {
    const tally = this.#tallies.get(table.name) ?? { inserted: 0, untouched: 0 }
    this.#tallies.set(table.name, tally)
    if (inserted) tally.inserted++
    else {
      tally.untouched++
      this.#untouched.push({ statement: insert.statement, table: table.name })
    }
  }

  /** Rows inserted by each. When one fails, they are tried one by one to know which. */
  async #executeAll(texts: readonly string[], from: readonly Statement[]): Promise<readonly number[]> {
    await this.#execute('SAVEPOINT tsplay_batch')
    try {
      const answers = await this.#execute(texts.join(';\n'))
      await this.#execute('RELEASE SAVEPOINT tsplay_batch')
      return answers.map(({ count }) => count)
    } catch (error) {
      if (serverProblem(error) === undefined) throw error
      await this.#execute('ROLLBACK TO SAVEPOINT tsplay_batch')
      for (const [index, text] of texts.entries()) await this.#attempt(from[index], text)
      throw error
    }
  }

  async #attempt(statement: Statement | undefined, sql: string): Promise<void> {
    try {
      await this.#execute(sql)
    } catch (error) {
      const problem = serverProblem(error)
      if (problem === undefined || statement === undefined) throw error
      throw new DumpError(this.#request.dump, statement, [problem.message, problem.detail].filter((text) => text !== undefined).join(': '))
    }
  }

  /** Never back: rows of the target may have used higher numbers. */
  async #advance({ statement, sequence, value, called }: Extract<DumpEntry, { kind: 'sequence' }>): Promise<void> {
    await this.#attempt(statement, `SELECT pg_catalog.setval(${quoteLiteral(sequence)}, ${value}, ${called}) FROM ${sequence} WHERE last_value < ${value}`)
  }

  async #counts(): Promise<Counts> {
    const after = await countRows(this.#execute, [...this.#tallies.keys()])
    const counts = Object.fromEntries([...this.#tallies].map(([table, tally]) => [table, { before: this.#before.get(table) ?? 0, ...tally, after: after.get(table) ?? 0 }]))
    const wrong = Object.entries(counts).filter(([, count]) => count.before + count.inserted !== count.after)
    if (wrong.length > 0) throw new ModuleFailure(`Cannot vouch for the merge of ${this.#request.dump}: rows of ${wrong.map(([table, { before, inserted, after: found }]) => `${table} (${before} + ${inserted} gave ${found})`).join(', ')}`)
    return counts
  }
}

/** Another row's unique value is an error, not a row that is there already: only the primary key says which row it is. */
function insertUnlessThere({ statement }: Insert, { primaryKey }: TargetTable): string {
  return `${statement.text} ON CONFLICT ${primaryKey === undefined ? '' : `ON CONSTRAINT ${primaryKey} `}DO NOTHING`
}
