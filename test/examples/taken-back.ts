import { destroyedContent } from '../../src/engine/task/destroyed-content.ts'
import type { Change, Module, StateModule, Undo } from '../../src/module/module.ts'
import type { Remote } from '../../src/remote/remote.ts'
import type { Journal } from '../../src/run/journal.ts'
import { quote } from '../../src/text/shell-quote.ts'

type AnyState = StateModule<never, unknown, unknown>

/** Modules that note their changes, and what takes these back as undo does. */
export class Changes {
  #made: Made[] = []
  readonly #blobs = new Map<string, Uint8Array>()

  /** The same module; whatever it changes is noted. */
  noting(module: Module): Module {
    if (module.kind === 'action') return module
    const state = module as unknown as AnyState
    const noting: AnyState = {
      ...state,
      apply: async (wanted, change, remote) => {
        const kept = await this.#kept(state.destroys?.(wanted, change) ?? [], remote)
        this.#made.push({ module: module.name, undo: undoOf(state, wanted, change), takeBack: () => takeBack(state, { wanted, change, remote, kept }) })
        return state.apply(wanted, change, remote)
      },
    }
    return noting as unknown as Module
  }

  /** Takes back all that can be, last first. Returns what cannot be, and why. */
  async takeBack(): Promise<readonly Lasting[]> {
    const lasting: Lasting[] = []
    for (const { module, undo, takeBack: back } of this.#made.reverse()) {
      if (undo === 'swap') await back().catch((error: unknown) => { throw new Error(`Cannot take back what ${module} did: ${String(error)}`, { cause: error }) })
      else lasting.push({ module, reason: undo.impossible })
    }
    this.#made = []
    return lasting
  }

  /** What undo could not take back. */
  lasting(): readonly Lasting[] {
    return this.#made.flatMap(({ module, undo }) => undo === 'swap' ? [] : [{ module, reason: undo.impossible }])
  }

  async #kept(paths: readonly string[], remote: Remote): Promise<readonly Kept[]> {
    const journal: Pick<Journal, 'storeBlob'> = { storeBlob: (content) => {
      const name = String(this.#blobs.size)
      this.#blobs.set(name, content)
      return Promise.resolve(name)
    } }
    const all = await Promise.all(paths.map((path) => destroyedContent(path, remote, journal as Journal)))
    return all.flatMap((one) => one === undefined ? [] : [{ ...one, content: this.#blobs.get(one.blob) ?? new Uint8Array() }])
  }
}

/** A change that undo leaves. */
export interface Lasting {
  readonly module: string
  readonly reason: string
}

interface Made {
  readonly module: string
  readonly undo: Undo
  readonly takeBack: () => Promise<void>
}

interface Kept {
  readonly path: string
  readonly form: 'file' | 'tar'
  readonly content: Uint8Array
  readonly mode: number
  readonly owner: string
  readonly group: string
}

function undoOf({ undo = 'swap' }: AnyState, wanted: unknown, change: Change<unknown>): Undo {
  return typeof undo === 'function' ? undo(wanted, change) : undo
}

interface Taking {
  readonly wanted: unknown
  readonly change: Change<unknown>
  readonly remote: Remote
  readonly kept: readonly Kept[]
}

/** The change with before and after swapped; then content that it had destroyed, from where the journal kept it. */
async function takeBack(module: AnyState, { wanted, change: { before, after }, remote, kept }: Taking): Promise<void> {
  remote.forget()
  await module.apply(wanted, { before: after, after: before }, remote)
  for (const { path, form, content, mode, owner, group } of kept) {
    if (form === 'file') await remote.writeFile(path, content, { mode, owner, group })
    else await remote.write({ summary: `Unpack ${path}`, command: { script: `rm -rf -- ${quote(path)}; tar -xpf - -C "$(dirname -- ${quote(path)})"`, stdin: content }, effects: { paths: [path] } })
  }
}
