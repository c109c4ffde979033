import type { ExecResult } from '../../remote/exec.ts'
import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import type { Login } from './login.ts'
import { openSession, type Row, type Session } from './session.ts'

/**
 * Rows of one SELECT, kept as long as the host's other observations are: what look-ahead asked is answered from here when the task's turn comes,
 * unless something may have changed in between.
 */
export async function readRows(remote: Remote, login: Login, sql: string): Promise<readonly Row[]> {
  const [session, age] = await Promise.all([openSession(remote, login), remote.read(AGE)])
  return (await answersOf(remote)).of({ session, age, sql })
}

/** After statements that changed something: what any user of the host was answered does not count any more. */
export async function forgetRows(remote: Remote): Promise<void> {
  (await answersOf(remote)).clear()
  remote.forget()
}

function answersOf(remote: Remote): Promise<Answers> {
  return remote.resource('postgresql-answers', () => Promise.resolve({ value: new Answers(), dispose: () => Promise.resolve() }))
}

/** Asks nothing. The remote forgets its answer whenever it forgets all others, and a new answer is another object. */
const AGE: Probe<ExecResult> = { kind: 'script', key: 'postgresql-age', script: ':', parse: (result) => result }

interface Asked {
  readonly session: Session
  readonly age: ExecResult
  readonly sql: string
}

class Answers {
  #known = new WeakMap<ExecResult, Map<string, Promise<readonly Row[]>>>()
  readonly #sessions = new WeakMap<Session, number>()
  #count = 0

  clear(): void {
    this.#known = new WeakMap()
  }

  of({ session, age, sql }: Asked): Promise<readonly Row[]> {
    const number = this.#sessions.get(session) ?? ++this.#count
    this.#sessions.set(session, number)
    const known = this.#known.get(age) ?? new Map<string, Promise<readonly Row[]>>()
    this.#known.set(age, known)
    const key = `${number} ${sql}`
    const answer = known.get(key) ?? session.rows(sql)
    known.set(key, answer)
    return answer
  }
}
