import { type Explanation, plays, tasks } from './explanation.ts'

/** What is wrong with a file as such. */
export const YAML_EXPLANATIONS = {
  'yaml-syntax': {
    meaning: 'The file is not YAML, so nothing in it can be known. The place is where the reader gave up; the mistake often stands a line before.',
    mend: 'Look for a quote, bracket or colon too many or too few, and for lines that are not indented like their neighbours. A value that begins with {{ needs quotes.',
    example: tasks('- debug: { msg: {{ name }} }'),
  },
  'yaml-several-documents': {
    meaning: 'The file holds a second document after a line of ---. Only one is read.',
    mend: 'Remove the line, or split the file.',
    example: plays('- hosts: all\n---\n- hosts: all\n'),
  },
  'yaml-merge': {
    meaning: 'The key << takes the entries of other mappings in; what it was given is none.',
    mend: 'Give it an anchor of a mapping, or a list of them.',
    example: tasks('- debug: { <<: text }'),
  },
  'duplicate-key': {
    meaning: 'Two entries of one mapping have the same name. The last one counts, as with Ansible; the first is lost.',
    mend: 'Remove one of the two.',
    example: tasks('- debug: { msg: a, msg: b }'),
  },
  'unreadable-file': {
    meaning: 'The file cannot be read: it does not exist, it is a folder, or it is somebody else\'s.',
    mend: 'Correct its name, or see to its permissions.',
    example: { ...plays('- hosts: all\n'), call: ['run', 'gone.yml', '-i', 'hosts', '--syntax-check', '--no-journal'] },
  },
  'bad-type': {
    meaning: 'A keyword was given a value of another kind than it takes: text where a list belongs, a word that is neither yes nor no.',
    mend: 'Write what the message asks for.',
    example: tasks('- debug: {}\n  become: perhaps'),
  },
} as const satisfies Readonly<Record<string, Explanation>>
