import { describe, expect, it } from 'vitest'
import { becomeCommand, shownBecome } from '../../src/remote/become/become-command.ts'

describe('su', () => {
  const { asks } = becomeCommand({ method: 'su', user: 'app' }, { success: 'done', prompt: 'unused', then: ':' })

  it.each(['Password: ', 'Passwort: ', 'パスワード：', 'su: warning\nPassword: '])('asks for a password by %j', (text) => {
    expect(asks(text)).toBe(true)
  })

  it.each(['sh: 0: ', 'su: ', '/bin/bash: line 1: ', 'done\n', 'sh: 0: getcwd() failed: No such file or directory\n'])('does not ask by %j, whose rest is on its way', (text) => {
    expect(asks(text)).toBe(false)
  })
})

it('is shown without its secrets', () => {
  expect(shownBecome({ method: 'sudo', user: 'root', password: 'geheim' })).toBe("sudo -H -S -p 'password: ' -u root -- /bin/sh -c 'echo BECOME-SUCCESS; exec /bin/sh'")
  expect(shownBecome({ method: 'sudo', user: 'root' })).toBe("sudo -H -S -n -u root -- /bin/sh -c 'echo BECOME-SUCCESS; exec /bin/sh'")
})
