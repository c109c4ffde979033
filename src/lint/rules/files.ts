import { argument, argumentText, type LintTask } from '../lint-model.ts'
import { type Rule, when } from '../rule.ts'

/** Modules that may create a file with whatever mode the umask leaves. */
const CREATORS = new Set(['assemble', 'copy', 'get_url', 'template', 'archive', 'community.general.archive', 'file', 'blockinfile', 'lineinfile', 'replace', 'ini_file', 'community.general.ini_file', 'htpasswd'])
const KEEPS_UNLESS_CREATE = new Set(['blockinfile', 'lineinfile', 'ini_file', 'community.general.ini_file', 'htpasswd'])
const NEVER_CREATES = new Set(['replace'])

function createsFile(task: LintTask): boolean {
  if (!CREATORS.has(task.module) || NEVER_CREATES.has(task.module) || task.args.dynamic !== undefined) return false
  if (KEEPS_UNLESS_CREATE.has(task.module)) return argument(task, 'create')?.value === true
  return task.module !== 'file' || ['directory', 'touch'].includes(argumentText(task, 'state') ?? '')
}

/** Habits of tasks that write files. */
export const FILE_RULES: readonly Rule[] = [
  {
    id: 'risky-file-permissions', profile: 'safety',
    meaning: "A file that this task creates gets its mode from the host's umask: who can read it depends on the host.",
    mend: 'Say mode, for instance mode: "0644"; or mode: preserve for a copy.',
    bad: '- name: Configure\n  ansible.builtin.copy: { src: a, dest: /a }\n', good: '- name: Configure\n  ansible.builtin.copy: { src: a, dest: /a, mode: "0644" }\n',
    task: (task) => when(createsFile(task) && !task.args.named.has('mode') && argument(task, 'recurse')?.value !== true, `${task.module} may create a file without saying its mode`, task.moduleRange, 'Add mode'),
  },
  {
    id: 'risky-octal', profile: 'safety',
    meaning: 'YAML reads 644 as six hundred and forty-four, and 0644 as octal only by an old rule: what reaches the host may be another mode.',
    mend: 'Quote it, with the leading zero: mode: "0644".',
    bad: '- name: Configure\n  ansible.builtin.file: { path: /a, mode: 644 }\n', good: '- name: Configure\n  ansible.builtin.file: { path: /a, mode: "0644" }\n',
    task: (task) => ['mode', 'directory_mode'].flatMap((name) => {
      const given = argument(task, name)
      if (given === undefined || typeof given.value !== 'number') return []
      const isOctal = /\b0o?[0-7]+\b/.test(given.range.file.text.slice(given.range.start, given.range.end))
      return when(!isOctal, `The mode ${given.value} is not octal: it means ${given.value.toString(8)}`, given.range, `Write "0${given.value}"`)
    }),
  },
  {
    id: 'no-relative-paths', profile: 'basic',
    meaning: 'template and copy look in templates/ and files/ by themselves. A path that climbs out of there breaks when the role is used from elsewhere.',
    mend: 'Name the file as it stands in templates/ or files/.',
    bad: '- name: Configure\n  ansible.builtin.template: { src: ../templates/a.j2, dest: /a, mode: "0644" }\n', good: '- name: Configure\n  ansible.builtin.template: { src: a.j2, dest: /a, mode: "0644" }\n',
    task: (task) => when(['copy', 'template', 'win_copy', 'win_template'].includes(task.module) && /^\.\.\//.test(argumentText(task, 'src') ?? '') && argument(task, 'remote_src') === undefined, 'The source is named by a path that climbs out of the role', argument(task, 'src')?.range ?? task.moduleRange),
  },
  {
    id: 'no-same-owner', profile: 'shared', optional: true,
    meaning: "Owner and group numbers of the control host, or of whoever packed the archive, are given to files on the host, where they may be somebody else's.",
    mend: 'synchronize: owner: false, group: false; unarchive: owner and group, or extra_opts: [--no-same-owner].',
    bad: '- name: Sync\n  ansible.posix.synchronize: { src: a, dest: b }\n', good: '- name: Sync\n  ansible.posix.synchronize: { src: a, dest: b, owner: false, group: false }\n',
    task: (task) => when(task.module === 'synchronize' && (argument(task, 'owner')?.value !== false || argument(task, 'group')?.value !== false), 'Owners are taken over from the control host', task.moduleRange),
  },
]
