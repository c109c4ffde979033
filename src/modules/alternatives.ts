import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { changeCommands } from './system/alternatives/change-commands.ts'
import { foretellLinks, linkPaths } from './system/alternatives/foretell-links.ts'
import { alternativesProbe, observeAlternatives, recordsOf, type AlternativesState, type KnownAlternatives } from './system/alternatives/probe.ts'
import { wantedAlternatives } from './system/alternatives/wanted.ts'

const args = {
  name: { type: 'str', required: true, description: 'The generic name: `editor`.' },
  path: { type: 'path', description: 'The program.' },
  family: { type: 'str', description: 'Its family, where the host has such (Red Hat).' },
  link: { type: 'path', description: 'The generic path; needed when nothing of this name is there yet.' },
  priority: { type: 'int', description: 'Its priority; default: 50.' },
  state: {
    type: 'str', default: 'selected', choices: ['present', 'selected', 'auto', 'absent'],
    description: '`present` is known, `selected` is the one that counts, `auto` is known and the one with the highest priority counts.',
  },
  subcommands: {
    type: 'list', elements: 'dict', aliases: ['slaves'], description: 'Links that follow this one.',
    options: {
      name: { type: 'str', required: true, description: 'Generic name.' },
      path: { type: 'path', required: true, description: 'The file.' },
      link: { type: 'path', required: true, description: 'Generic path.' },
    },
  },
} as const

/** `community.general.alternatives`: which of several programs a generic name stands for. */
export const alternatives = defineModule({
  name: 'alternatives',
  aliases: ['community.general.alternatives'],
  summary: 'Keep which program a generic name such as editor stands for.',
  args,
  constraints: { oneOf: [['path', 'family']] },
  examples: [
    { name: 'vim is the editor', args: { name: 'editor', path: '/usr/bin/vim.basic' } },
    { name: 'A Java of our own, if none is better', args: { name: 'java', path: '/opt/jdk/bin/java', link: '/usr/bin/java', priority: 20, state: 'present' } },
  ],
  observe: (wanted: ArgumentsOf<typeof args>, remote) => observeAlternatives(wanted, remote),
  diff: (wanted, before) => {
    const { after, messages } = wantedAlternatives(wanted, before)
    if (messages.length === 0) return undefined
    return { before, after, fields: { msg: messages.join(' ') } }
  },
  apply: async (wanted, { before, after }, remote) => {
    await remote.write({
      summary: `Set alternatives of ${wanted.name}`,
      command: { script: changeCommands(wanted.name, before, after).join(' && ') },
      effects: { paths: recordsOf(wanted.name), predictions: [{ probe: alternativesProbe(wanted.name), answer: knownOf(after) }] },
      foretold: { paths: linkPaths(wanted.name, { before, after }), write: (files) => foretellLinks(wanted.name, { before, after }, { files, remote }) },
    })
    return undefined
  },
  result: () => ({ msg: '' }),
  undo: 'swap',
})

function knownOf({ mode, current, link, known }: AlternativesState): KnownAlternatives {
  return { mode, current, link, known }
}
