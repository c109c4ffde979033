import { type Explanation, inventory, plays } from './explanation.ts'

const settings = (files: Readonly<Record<string, string>>, more = '') => inventory('platform.yml', `plugin: settings\nfolder: settings\nzones: [z1]\n${more}`, files)
const node = (name: string, address = '10.0.0.1') => `role="web"\nzone_id="z1"\nhostname="${name}"\nmgmt_network_address="${address}"\n`

/** What is wrong with inventories. */
export const INVENTORY_EXPLANATIONS = {
  'only-localhost': {
    meaning: 'The inventory has no hosts. Plays can still run on localhost, which need not be named anywhere, but `hosts: all` does not mean it.',
    mend: 'Give an inventory by -i, or set localhost_warning = false if this is what you want.',
    example: { files: { 'site.yml': '- hosts: localhost\n  gather_facts: false\n', 'empty.yml': 'all:\n' }, call: ['run', '-i', 'empty.yml', 'site.yml', '--no-journal'] },
  },
  'no-inventory': {
    meaning: 'No inventory was given and none is in the usual place, so the only host is localhost.',
    mend: 'Give one with -i, or set inventory in ansible.cfg.',
    example: { ...plays('- hosts: localhost\n'), call: ['run', 'site.yml', '--syntax-check', '--no-journal'] },
  },
  'unparsed-inventory': {
    meaning: 'An inventory source could be read by none of the ways there are to read one.',
    mend: 'Correct what the message tells of it, or remove it from -i.',
    example: { files: {}, call: ['inventory', '--list', '-i', 'gone.yml'] },
  },
  'inventory-entry': {
    meaning: 'A line or an entry of an inventory is not of the form that it should have there.',
    mend: 'Write NAME key=value for a host, key=value for a variable, a mapping for a group in YAML.',
    example: inventory('hosts.ini', '[web]\na\n[web:vars]\nport\n'),
  },
  'inventory-section': {
    meaning: 'A section of an INI inventory speaks of a group that is not there, or is of no kind that there is.',
    mend: 'Write [group], [group:vars] or [group:children], and define every group that is a child of another.',
    example: inventory('hosts.ini', '[all:children]\nweb\n'),
  },
  'inventory-script': {
    meaning: 'An inventory script failed, or what it wrote is not the JSON that it should be.',
    mend: 'Run the script with --list and see what it says.',
    example: inventory('script.sh', '#!/bin/sh\necho text\n'),
  },
  'group-loop': {
    meaning: 'A group is its own child, directly or by way of others.',
    mend: 'Break the circle.',
    example: inventory('hosts.ini', '[a:children]\nb\n[b:children]\na\n'),
  },
  'group-names': {
    meaning: 'The name of a group cannot be used as a variable, so templates cannot write groups.NAME.',
    mend: 'Use letters, digits and underscores.',
    example: inventory('hosts.ini', '[web-servers]\na\n'),
  },
  'same-name': {
    meaning: 'A host and a group have the same name: a pattern means the group.',
    mend: 'Rename one of them.',
    example: inventory('hosts.ini', '[web]\nweb\n'),
  },
  'unknown-inventory-key': {
    meaning: 'A group of a YAML inventory has a key besides hosts, children and vars.',
    mend: 'Use the name that the hint suggests; variables go below vars.',
    example: inventory('hosts.yml', 'all:\n  hostz: { a: {} }\n'),
  },
  'unknown-plugin': {
    meaning: 'An inventory file names a plugin that is not there.',
    mend: 'Use the name that the hint suggests, or a script that prints the inventory as JSON.',
    example: inventory('cloud.yml', 'plugin: constructd\n'),
  },
  'constructed-expression': {
    meaning: 'An expression of a constructed inventory cannot be evaluated for a host, and strict is set.',
    mend: 'Allow for hosts without the variable: `| default`; or leave strict away.',
    example: inventory('constructed.yml', 'plugin: constructed\nstrict: true\ncompose:\n  a: gone + 1\n', {}),
  },
  'constructed-key': {
    meaning: 'A keyed group of a constructed inventory has a key that cannot become the name of a group.',
    mend: 'Make it text, a list of texts, or a dict of them.',
    example: inventory('constructed.yml', 'plugin: constructed\nstrict: true\nkeyed_groups: [{ key: "1" }]\n'),
  },
  'generator-template': {
    meaning: 'A name in a generated inventory is a template that cannot be evaluated.',
    mend: 'Use the names of the layers only.',
    example: inventory('generated.yml', "plugin: generator\nhosts: { name: \"{{ 1 + 'a' }}\" }\nlayers: { size: [small] }\n"),
  },
  'toml-syntax': {
    meaning: 'The inventory is not TOML.',
    mend: 'Correct it at the place that is shown.',
    example: inventory('hosts.toml', '[web\n'),
  },
  'shadowed-variables': {
    meaning: 'Two files hold the variables of one group or host, such as web.yml and web.yaml; only one is read.',
    mend: 'Merge them, or put both into a folder of that name.',
    example: { files: { 'site.yml': '- hosts: all\n', hosts: 'a\n', 'group_vars/all.yml': 'x: 1\n', 'group_vars/all.json': '{}\n' }, call: ['run', 'site.yml', '-i', 'hosts', '--syntax-check', '--no-journal'] },
  },
  'missing-settings': {
    meaning: 'The folder of settings files that the inventory names is not there, or holds none of the zone.',
    mend: 'Correct folder and zones.',
    example: settings({}),
  },
  'broken-settings-line': {
    meaning: 'A line of a settings file is not an assignment as a shell would read it.',
    mend: 'Write NAME="value", with both quotes.',
    example: settings({ 'settings/z1-a': 'role="web\n' }),
  },
  'settings-no-address': {
    meaning: 'A node has no address, so it cannot be reached.',
    mend: 'Give it mgmt_network_address.',
    example: settings({ 'settings/z1-a': 'role="web"\nzone_id="z1"\nhostname="z1-a"\n' }),
  },
  'duplicate-address': {
    meaning: 'Two nodes have one address: what is meant for one would be done to the other.',
    mend: 'Correct one of them.',
    example: settings({ 'settings/z1-a': node('z1-a'), 'settings/z1-b': node('z1-b') }),
  },
  'duplicate-hostname': {
    meaning: 'Two nodes have one name.',
    mend: 'Correct one of them.',
    example: settings({ 'settings/z1-a': node('z1-a'), 'settings/z1-b': node('z1-a', '10.0.0.2') }),
  },
  'hostname-differs': {
    meaning: 'A settings file has another name than the node that it describes.',
    mend: 'Rename one of them.',
    example: settings({ 'settings/z1-a': node('z1-b') }),
  },
  'unknown-zone': {
    meaning: 'A node belongs to a zone that the inventory does not list.',
    mend: 'Add the zone, or correct zone_id.',
    example: settings({ 'settings/z1-a': node('z1-a').replace('z1"', 'z9"') }),
  },
  'missing-option': {
    meaning: 'An inventory plugin needs an option that its file does not give.',
    mend: 'Add it.',
    example: inventory('platform.yml', 'plugin: settings\n'),
  },
  'unknown-option': {
    meaning: 'An inventory plugin has no option of this name.',
    mend: 'Use the name that the hint suggests.',
    example: settings({ 'settings/z1-a': node('z1-a') }, 'zonez: []\n'),
  },
  'bad-option': {
    meaning: 'An option of an inventory plugin has a value that it cannot use.',
    mend: 'Write what the message asks for.',
    example: inventory('platform.yml', 'plugin: settings\nfolder: .\ngroups: some\n'),
  },
  'duplicate-settings': {
    meaning: 'Two settings files describe one node.',
    mend: 'Remove one of them.',
    example: inventory('platform.yml', 'plugin: settings\nsources: [{ folder: one }, { folder: two }]\n', { 'one/z1-a': node('z1-a'), 'two/z1-a': node('z1-a', '10.0.0.2') }),
  },
} as const satisfies Readonly<Record<string, Explanation>>
