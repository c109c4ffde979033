import { randomUUID } from 'node:crypto'
import { ModuleFailure } from '../../module/module.ts'
import { CommandError, type Remote } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'

/** Lets a command judge new content (in a file of its own, only readable by the user) before it takes its place. */
export async function validateContent(command: string, content: Uint8Array | string, remote: Remote): Promise<void> {
  if (!command.includes('%s')) throw new ModuleFailure(`validate must contain %s: ${command}`)
  const path = `/tmp/.tsplay-validate-${randomUUID()}`
  await remote.writeFile(path, content, { mode: 0o600 })
  try {
    await remote.write({ summary: 'Validate new content', command: { script: command.replaceAll('%s', quote(path)) }, effects: { paths: [] } })
  } catch (error) {
    throw error instanceof CommandError ? failure(error) : error
  } finally {
    await remote.remove(path)
  }
}

function failure({ result }: CommandError): ModuleFailure {
  const [stdout, stderr] = [result.stdout.toString('utf8'), result.stderr.toString('utf8')]
  const said = (stderr.trim() || stdout.trim()).slice(0, 2000)
  return new ModuleFailure(`failed to validate: ${said || 'no reason given'}`, { exit_status: result.status, rc: result.status, stdout, stderr })
}
