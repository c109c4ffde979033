import type { Remote } from '../../../remote/remote.ts'
import { touchedBy, type Effects } from '../../../remote/write.ts'
import { UnknownValueError } from '../../../value/unknown.ts'
import { overlaid, withoutStreams } from '../task-remote.ts'

/** A remote that does nothing of what it is told, but notes what that would touch. */
export function notingRemote(remote: Remote): { readonly noting: Remote, readonly effects: () => Effects } {
  const paths = new Set<string>()
  const keys = new Set<string>()
  const note = (...touched: readonly string[]): Promise<void> => {
    for (const path of touched) paths.add(path)
    return Promise.resolve()
  }
  const noteEffects = (effects: Effects): void => {
    for (const path of effects.paths ?? []) paths.add(path)
    for (const key of effects.keys ?? []) keys.add(key)
    for (const { probe } of effects.predictions ?? []) if (probe.kind === 'script') keys.add(probe.key); else paths.add(probe.path)
  }
  const own: Partial<Remote> = {
    writeFile: (path) => note(path),
    setAttributes: (path) => note(path),
    makeDirectory: (path) => note(path),
    makeSymbolicLink: (path) => note(path),
    makeHardLink: (path) => note(path),
    remove: (path) => note(path),
    move: (from, to) => note(from, to),
    copy: (_from, to) => note(to),
    write(change) {
      noteEffects(touchedBy(change))
      return Promise.resolve({ status: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) })
    },
    exec(_request, effects = {}) {
      noteEffects(effects)
      return Promise.reject(new UnknownValueError('a command that is not run in check mode'))
    },
  }
  return { noting: withoutStreams(overlaid(remote, own)), effects: () => ({ paths: [...paths], keys: [...keys] }) }
}
