import { argument, argumentText } from '../lint-model.ts'
import { type Rule, when } from '../rule.ts'

const MANAGERS = new Set(['apk', 'apt', 'bundler', 'dnf', 'dnf5', 'easy_install', 'gem', 'homebrew', 'npm', 'openbsd_pkg', 'opkg', 'package', 'pacman', 'pear', 'pip', 'pkgng', 'pkgutil', 'portage', 'slackpkg', 'swdepot', 'yarn', 'yum', 'zypper'])

/** Habits of tasks that install things. */
export const PACKAGE_RULES: readonly Rule[] = [
  {
    id: 'package-latest', profile: 'safety',
    meaning: 'state: latest upgrades when the run happens to come by: two hosts get different versions, and nobody chose the moment.',
    mend: 'Use state: present, with a version where it matters, and upgrade in a task of its own.',
    bad: '- name: Install\n  ansible.builtin.apt: { name: nginx, state: latest }\n', good: '- name: Install\n  ansible.builtin.apt: { name: nginx, state: present }\n',
    task: (task) => {
      const isLatest = MANAGERS.has(task.module.split('.').at(-1) ?? '') && argumentText(task, 'state') === 'latest'
      const range = argument(task, 'state')?.range ?? task.moduleRange
      return when(isLatest && argument(task, 'only_upgrade')?.value !== true, 'Packages are upgraded to whatever is newest when this runs', range, 'Use state: present')
    },
  },
  {
    id: 'latest[git]', profile: 'safety',
    meaning: 'Without a version the head of the branch is checked out: what that is changes under the playbook.',
    mend: 'Give version: a tag or a commit.',
    bad: '- name: Check out\n  ansible.builtin.git: { repo: "https://a/b", dest: /b }\n', good: '- name: Check out\n  ansible.builtin.git: { repo: "https://a/b", dest: /b, version: v1.2 }\n',
    task: (task) => {
      const followsHead = !task.args.named.has('version') || argumentText(task, 'version') === 'HEAD'
      return when(task.module === 'git' && followsHead, 'The checkout follows the head of a branch', task.moduleRange, 'Give version')
    },
  },
]
