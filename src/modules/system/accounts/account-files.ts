/**
 * Keys of what is known of the account files themselves. They are named instead of their paths, since the other accounts, which are read
 * from the same files, stay as they are.
 */
export function accountFileKeys(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`getent:${name}*`, ...['stat', 'lstat', 'content', 'sha256'].map((kind) => `${kind}:/etc/${name}*`)])
}
