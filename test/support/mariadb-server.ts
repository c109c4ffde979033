import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../connection/test-server.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A real MariaDB server of its own, gone with `stop`. Its root is whoever is root on this machine, by its socket. */
export interface MariadbServer {
  readonly port: number
  readonly socket: string
  readonly folder: string
  sql(statement: string): string
  stop(): void
}

export async function startMariadb(): Promise<MariadbServer> {
  const folder = temporaryFolder('mariadb')
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--user=nobody', '--auth-root-authentication-method=socket', '--auth-root-socket-user=root', '--skip-test-db', '--skip-name-resolve'], { stdio: 'pipe' })
  const port = await freePort()
  const socket = join(folder, 'sock')
  const server = spawn('mariadbd', ['--no-defaults', `--datadir=${data}`, '--user=nobody', `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', '--innodb-flush-log-at-trx-commit=0', `--pid-file=${folder}/pid`], { stdio: 'ignore' })
  const sql = (statement: string): string => execFileSync('mariadb', ['--no-defaults', '-uroot', `--socket=${socket}`, '-N', '-B', '-e', statement], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
  await answering(() => sql('SELECT 1'))
  return {
    port, socket, folder, sql,
    stop: () => {
      server.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function answering(ask: () => string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      ask()
      return
    } catch (error) {
      if (tries > 150) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
