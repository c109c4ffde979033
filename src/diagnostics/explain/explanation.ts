/** What `tsplay explain CODE` tells. The example is run by a test, which wants to see the code. */
export interface Explanation {
  /** What it means, and why it matters. */
  readonly meaning: string
  readonly mend: string
  /** Or, where files and a call cannot bring it about: when it comes. */
  readonly example: Example | string
}

export interface Example {
  /** By name, beside one another. */
  readonly files: Readonly<Record<string, string>>
  /** What is called, after `tsplay`; names of the files stand for their paths. */
  readonly call: readonly string[]
  /** Names of the files stand for their paths here too. */
  readonly environment?: Readonly<Record<string, string>>
  /** It is shown on a terminal; what is shown elsewhere is ansible-playbook's. */
  readonly onTerminal?: boolean
}

const CHECK = ['run', 'site.yml', '-i', 'hosts', '--syntax-check', '--no-journal']

/** A playbook of tasks, checked without running it. */
export function tasks(text: string, files: Readonly<Record<string, string>> = {}): Example {
  const indented = text.trimEnd().split('\n').map((line) => `    ${line}`).join('\n')
  return plays(`- hosts: all\n  gather_facts: false\n  tasks:\n${indented}\n`, files)
}

/** A whole playbook, in the same way. */
export function plays(text: string, files: Readonly<Record<string, string>> = {}): Example {
  return { files: { 'site.yml': text, hosts: 'localhost ansible_connection=local\n', ...files }, call: CHECK }
}

/** Tasks whose mistake shows only when they run. */
export function running(text: string, files: Readonly<Record<string, string>> = {}): Example {
  return onRun(tasks(text, files))
}

/** A checked playbook, run. */
export function onRun(example: Example): Example {
  return { ...example, call: example.call.filter((word) => word !== '--syntax-check'), onTerminal: true }
}

/** An inventory, listed. */
export function inventory(name: string, text: string, files: Readonly<Record<string, string>> = {}): Example {
  return { files: { hosts: 'localhost\n', [name]: text, ...files }, call: ['inventory', '--list', '-i', 'hosts', '-i', name] }
}
