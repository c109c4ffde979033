import { describe, expect, it } from 'vitest'
import { EventSink } from '../../src/engine/event-sink.ts'
import { Secrets } from '../../src/engine/secrets.ts'
import type { RunEvent, TaskAddress } from '../../src/run/run-event.ts'

describe('Secrets', () => {
  it('hides passwords everywhere, and values where they are not shown on purpose', () => {
    const secrets = new Secrets(['password'])
    secrets.addValue('decrypted')
    expect(secrets.mask(['a password', 'is decrypted'])).toEqual(['a ********', 'is ********'])
    expect(secrets.exceptValues.mask(['a password', 'is decrypted'])).toEqual(['a ********', 'is decrypted'])
  })

  it('hides a password even where it is a value, too', () => {
    const secrets = new Secrets(['password'])
    secrets.addValue('password')
    secrets.addValue('later')
    secrets.add('later')
    expect(secrets.exceptValues.mask(['password', 'later'])).toEqual(['********', '********'])
  })

  it('hides no parts of names of fields that are shorter than a word', () => {
    const secrets = new Secrets(['state', 'a-long-password'])
    expect(secrets.mask({ state_before: 'a state', 'for a-long-password': 1, state: 2 })).toEqual({ state_before: 'a ********', 'for ********': 1, '********': 2 })
  })
})

describe('EventSink', () => {
  it.each([['debug', 'the decrypted'], ['command', 'the ********']])('tells values of %s results, but never the journal', async (module, told) => {
    const secrets = new Secrets()
    secrets.addValue('decrypted')
    const [emitted, recorded]: [RunEvent[], RunEvent[]] = [[], []]
    const journal = { record: (event: RunEvent) => { recorded.push(event); return Promise.resolve() }, storeBlob: () => Promise.resolve(''), close: () => Promise.resolve() }
    const task: TaskAddress = { id: 1, play: { index: 0, name: '', range: undefined }, name: 'x', role: undefined, module, isHandler: false, range: undefined }
    await new EventSink({ emit: (event) => { emitted.push(event) }, journal, secrets }).record({
      kind: 'item-ended', task, host: 'h', label: '', diff: [], outcome: { status: 'ok', result: { msg: 'the decrypted' } },
    })
    expect(emitted).toMatchObject([{ outcome: { result: { msg: told } } }])
    expect(recorded).toMatchObject([{ outcome: { result: { msg: 'the ********' } } }])
  })
})
