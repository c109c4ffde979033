import type { Remote } from '../../../remote/remote.ts'
import type { Foretold } from '../../../remote/write.ts'
import { UnknownValueError } from '../../../value/unknown.ts'
import type { UserState } from './user-state.ts'
import type { WantedUser } from './wanted-user.ts'

/** What useradd makes of a home that is not there: a copy of the skeleton, with the mode that login.defs gives. */
export function newHome({ create_home: makes, skeleton = '/etc/skel', umask }: WantedUser, { home, name, group }: UserState, remote: Remote): Foretold {
  return {
    paths: [home],
    write: async (files) => {
      if (!makes || await remote.stat(home) !== undefined) return
      const settings = await remote.readText('/etc/login.defs')
      // busybox has a mode of its own.
      if (settings === undefined) throw new UnknownValueError(`the mode that ${home} will have`)
      const setting = (field: string): string | undefined => new RegExp(`^\\s*${field}\\s+(\\d+)`, 'm').exec(settings)?.[1]
      const mode = umask === undefined ? setting('HOME_MODE') : undefined
      if (await remote.stat(skeleton) === undefined) await files.makeDirectory(home)
      else await files.copy(skeleton, home)
      await files.setAttributes(home, { owner: name, group }, { recursive: true })
      await files.setAttributes(home, { mode: mode === undefined ? 0o777 & ~Number.parseInt(umask ?? setting('UMASK') ?? '022', 8) : Number.parseInt(mode, 8) })
    },
  }
}
