import { ModuleFailure } from '../../module/module.ts'
import type { ExecRequest } from '../../remote/exec.ts'
import { SECRET_FILE, withSecretFile } from '../sql/secret-file.ts'

/** A run of PostgreSQL's programs with a password for whatever server and role they connect to (libpq-pgpass). */
export function withPassword(request: ExecRequest, password: string): ExecRequest {
  if (/[\n\0]/.test(password)) throw new ModuleFailure('A password with a line break cannot be handed to the programs of PostgreSQL')
  const line = `*:*:*:*:${password.replace(/[\\:]/g, String.raw`\$&`)}\n`
  return { ...request, script: withSecretFile(`export PGPASSFILE=${SECRET_FILE}; ${request.script}`), stdin: Buffer.from(line) }
}
