/** The standard input of a command from its task's arguments. */
export function stdinBytes(args: { readonly stdin: string | undefined, readonly stdin_add_newline: boolean }): { readonly stdin?: Uint8Array } {
  if (args.stdin === undefined) return {}
  return { stdin: Buffer.from(args.stdin_add_newline ? `${args.stdin}\n` : args.stdin) }
}
