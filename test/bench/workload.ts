/** The measured work: 40 files copied, 30 folders and files with modes, 30 lines in files. The same for every contestant. */
export interface Workload {
  readonly playbook: string
  /** What a person in a hurry would feed to `ssh HOST sh`, doing the same. */
  readonly firstScript: string
  /** The least that confirms nothing is to be done: every state looked at once. */
  readonly convergedScript: string
  readonly resetScript: string
}

const ROOT = '/root/bench'

export function createWorkload(): Workload {
  const copies = range(40).map((index) => ({ path: `${ROOT}/copy/${index}.conf`, text: `# file ${index}\nvalue = ${index * 7}\n`.repeat(5) }))
  const folders = range(30).map((index) => `${ROOT}/folder/${index}`)
  const lines = range(30).map((index) => ({ path: `${ROOT}/lines.conf`, key: `key${index}`, line: `key${index} = ${index}` }))
  return {
    playbook: playbookText([
      ...copies.map(({ path, text }) => ['copy', `dest: ${path}\n        content: ${JSON.stringify(text)}\n        mode: '0644'`]),
      ...folders.map((path) => ['file', `path: ${path}\n        state: directory\n        mode: '0750'`]),
      ...lines.map(({ path, key, line }) => ['lineinfile', `path: ${path}\n        regexp: '^${key} ='\n        line: '${line}'`]),
    ]),
    firstScript: [
      'set -e',
      ...copies.map(({ path, text }) => `cat >${path}.new <<'END'\n${text}END\nchmod 644 ${path}.new; chown root:root ${path}.new; mv ${path}.new ${path}`),
      ...folders.map((path) => `mkdir -p ${path}; chmod 750 ${path}; chown root:root ${path}`),
      ...lines.map(({ path, key, line }) => `if grep -q '^${key} =' ${path}; then sed -i 's/^${key} =.*/${line}/' ${path}; else echo '${line}' >>${path}; fi`),
    ].join('\n'),
    convergedScript: [
      'set -e',
      `sha256sum ${copies.map(({ path }) => path).join(' ')} >/dev/null`,
      `stat -c '%a %U %G %F %n' ${[...copies.map(({ path }) => path), ...folders].join(' ')} >/dev/null`,
      ...lines.map(({ path, line }) => `grep -qxF '${line}' ${path}`),
    ].join('\n'),
    resetScript: `rm -rf ${ROOT}; mkdir -p ${ROOT}/copy ${ROOT}/folder; : >${ROOT}/lines.conf`,
  }
}

function playbookText(tasks: readonly (readonly string[])[]): string {
  const body = tasks.map(([module, args], index) => `    - name: Task ${index}\n      ${module}:\n        ${args}\n`)
  return `- hosts: bench\n  gather_facts: false\n  tasks:\n${body.join('')}`
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
