import { describe, expect, it } from 'vitest'
import { ModuleFailure, type ActionModule } from '../../../src/module/module.ts'
import { coerceArguments } from '../../../src/module/arguments.ts'
import { expect as module } from '../../../src/modules/expect.ts'
import { fromJson } from '../../../src/value/json.ts'
import type { JsonObject } from '../../../src/value/value.ts'
import { localSession } from '../../remote/remotes.ts'
import { fakeController } from '../../support/fake-controller.ts'

const ASKING = 'for q in name pass; do printf "%s? " "$q"; read -r a; echo "got $a"; done; tty >/dev/null && exit 3'

describe('expect on a real shell', () => {
  it('answers a program at a terminal', async () => {
    const result = await run({ command: `sh -c '${ASKING}'`, responses: { 'name\\?': 'eve', 'PASS(?i)\\? ': ['secret'] } })
    expect(result.fields?.['stdout_lines']).toEqual(['name? got eve', 'pass? got secret'])
    expect(result).toMatchObject({ failed: true, msg: 'non-zero return code', fields: { rc: 3 } })
  })

  it('shows answers when asked to', async () => {
    const result = await run({ command: "sh -c 'printf \"q? \"; read -r a'", responses: { 'q\\?': 'yes' }, echo: true })
    expect(result).toMatchObject({ changed: true, fields: { rc: 0, stdout: 'q? yes' } })
  })

  it('has no more answers', async () => {
    await expect(run({ command: `sh -c '${ASKING}'`, responses: { '\\?': ['eve'] } })).rejects.toThrow(ModuleFailure)
  })

  it('gives up', async () => {
    expect(await run({ command: 'sleep 20', responses: { a: 'b' }, timeout: 0 })).toMatchObject({ failed: true, msg: 'command exceeded timeout', fields: { rc: null } })
  })
})

async function run(given: JsonObject) {
  const session = localSession()
  const controller = fakeController()
  try {
    const coerced = coerceArguments(module, new Map(Object.entries(given).map(([name, value]) => [name, fromJson(value)])))
    if (coerced.kind === 'invalid') throw new Error(JSON.stringify(coerced.problems))
    return await (module as ActionModule<never>).run(coerced.args as never, { remote: await session.remote(), controller })
  } finally {
    await session.close()
  }
}
