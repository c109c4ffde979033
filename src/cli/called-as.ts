import { basename } from 'node:path'

const COMMANDS: Readonly<Partial<Record<string, string>>> = {
  'ansible-playbook': 'run', ansible: 'exec', 'ansible-inventory': 'inventory', 'ansible-vault': 'vault', 'ansible-config': 'config', 'ansible-console': 'console', 'ansible-doc': 'doc',
}

/** The Ansible program that a link of this name stands for. */
export function programName(argv: readonly string[]): string | undefined {
  const name = basename(argv[1] ?? '')
  return COMMANDS[name] === undefined ? undefined : name
}

/** The arguments with the command that a link of Ansible's name stands for: tsplay acts as that program. */
export function calledAs(argv: readonly string[]): readonly string[] {
  const command = COMMANDS[programName(argv) ?? '']
  return command === undefined ? argv : [...argv.slice(0, 2), command, ...argv.slice(2)]
}
