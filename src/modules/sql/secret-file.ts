/** Where a command that is given a file of secrets finds it. */
export const SECRET_FILE = '/dev/fd/8'

/**
 * A shell command with a file of secrets, which is its input: programs of databases want their passwords in a file or in
 * the environment, where the latter can be read as long as they run. The file loses its name before the command starts,
 * so that nothing stays behind, however it ends.
 */
export function withSecretFile(command: string): string {
  return `secret=$(mktemp) && cat >"$secret" && exec 8<"$secret" && rm -f "$secret" </dev/null && { ${command}\n} </dev/null`
}
