import { describe, expect, it } from 'vitest'
import { resultOfOutput } from '../../src/module/module-output.ts'

const output = (stdout: string, rc = 0, stderr = '') => resultOfOutput({ rc, stdout, stderr })

describe('the result that a program prints', () => {
  it('is found among other lines, and what comes after it is warned of', () => {
    expect(output('Last login: today\n{"changed": true, "a": [1]}\njunk\n')).toMatchObject({ changed: true, fields: { a: [1], warnings: ['Module invocation had junk after the JSON data: junk'] } })
  })

  it('says itself whether it failed', () => {
    expect(output('{"failed": true, "msg": "no"}', 0)).toMatchObject({ failed: true, fields: { msg: 'no' } })
    expect(output('{"msg": "yes"}', 1)).not.toHaveProperty('failed')
  })

  it.each(['', 'no', '[1]', '{"a": ', '{"a": 1'])('is a module failure where there is none: %j', (stdout) => {
    expect(output(stdout, 3, 'Traceback (most recent call last):\nX')).toMatchObject({
      failed: true, msg: 'MODULE FAILURE\nSee stdout/stderr for the exact error', fields: { rc: 3, module_stdout: stdout, exception: 'Traceback (most recent call last):\nX' },
    })
  })

  it('gives facts, but none that say how a host is reached, and nothing that is Ansible\'s own', () => {
    const result = output('{"ansible_facts": {"colour": "red", "ansible_connection": "local", "ansible_python_interpreter": "/x", "ansible_distribution": "D"}, "_ansible_x": 1}')
    expect(result.effects).toEqual([{ kind: 'facts', facts: { colour: 'red', ansible_distribution: 'D' } }])
    expect(result.fields).toEqual({ ansible_facts: { colour: 'red', ansible_distribution: 'D' } })
  })

  it('is read as ansible-core 2.19 writes it, too', () => {
    const event = (msg: string) => ({ __ansible_type: 'Event', msg, formatted_traceback: msg === 'bad' ? 'Traceback: bad' : null })
    const { fields, failed } = output(JSON.stringify({
      failed: true, word: { __ansible_type: 'AnsibleTaggedStr', value: 'w', tags: [] }, warnings: [{ __ansible_type: 'WarningSummary', event: event('care') }], exception: { __ansible_type: 'ErrorSummary', event: event('bad') },
      deprecations: [{ __ansible_type: 'DeprecationSummary', event: event('old'), version: '3.0', deprecator: { __ansible_type: 'PluginInfo', resolved_name: 'our.own.x', type: 'module' } }],
    }))
    expect([failed, fields]).toEqual([true, { word: 'w', warnings: ['care'], exception: 'Traceback: bad', deprecations: [{ msg: 'old', version: '3.0', collection_name: 'our.own' }] }])
  })

  it('keeps its difference as texts', () => {
    expect(output('{"changed": true, "diff": {"before": {"a": 1}, "after": "b\\n", "after_header": "x"}}').diff).toEqual([{ before: '{\n    "a": 1\n}\n', after: 'b\n', afterHeader: 'x' }])
  })
})
