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
  const answers = await remote.resource(`postgresql-answers:${login.database}`, () => Promise.resolve({ value: new Answers(), dispose: () => Promise.resolve() }))
  return answers.of({ session, age, sql })
}

/** Asks nothing. The remote forgets its answer whenever it forgets all others, and a new answer is another object. */
const AGE: Probe<ExecResult> = { kind: 'script', key: 'postgresql-age', script: ':', parse: (result) => result }

interface Asked {
  readonly session: Session
  readonly age: ExecResult
  readonly sql: string
}

class Answers {
  readonly #known = new WeakMap<ExecResult, Map<string, Promise<readonly Row[]>>>()
  readonly #sessions = new WeakMap<Session, number>()
  #count = 0

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
