import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { quote } from '../../text/shell-quote.ts'

export interface Secrets {
  readonly password?: string | undefined
  readonly passphrase?: string | undefined
}

export interface Askpass {
  /** For the environment of ssh. */
  readonly environment: Readonly<Record<string, string>>
  close(): void
}

/**
 * Answers the questions of ssh for passwords: ssh runs a small program, which hands the question to a socket in `folder`, which only its owner
 * may enter, and prints the answer. So no secret is in an argument, an environment or a file. Questions of another kind get no answer.
 */
export function openAskpass(folder: string, secrets: Secrets): Askpass {
  const name = randomBytes(6).toString('hex')
  const [socket, program] = [join(folder, `${name}.ask`), join(folder, name)]
  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => undefined).once('data', (question) => { client.end(answerTo(String(question), secrets)) })
  }).listen(socket)
  server.unref()
  writeFileSync(program, `#!/bin/sh\nexec ${quote(process.execPath)} -e ${quote(CLIENT)} ${quote(socket)} "$1"\n`, { mode: 0o700 })
  return {
    environment: { SSH_ASKPASS: program, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: process.env['DISPLAY'] ?? ':0' },
    close: () => {
      server.close()
      rmSync(program, { force: true })
    },
  }
}

const CLIENT = 'const [path, question] = process.argv.slice(1); const socket = require("net").connect(path); socket.pipe(process.stdout); socket.end(question || "?")'

function answerTo(question: string, { password, passphrase }: Secrets): string {
  const answer = /passphrase/i.test(question) ? passphrase : /password|verification code|pin\b/i.test(question) ? password : undefined
  return answer === undefined ? '' : `${answer}\n`
}
