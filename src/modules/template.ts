import { basename, extname } from 'node:path'
import type { ArgumentsOf } from '../module/argument-spec.ts'
import type { Controller } from '../module/controller.ts'
import type { TemplateOptions } from '../template/types.ts'
import { defineModule } from '../module/define-module.ts'
import { attributeArguments } from './files/attributes.ts'
import { copyPaths } from './files/copy/copy-paths.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyCopy, copyResult } from './files/copy/apply-copy.ts'
import { copyDestroys } from './files/copy/copy-destroys.ts'
import { diffCopy } from './files/copy/diff-copy.ts'
import { contentItem, modeOf } from './files/copy/local-source.ts'
import { observeCopy } from './files/copy/observe-copy.ts'
import { encodeText } from './files/encode-text.ts'
import type { CopyRequest } from './files/copy/request.ts'

const args = {
  src: { type: 'path', required: true, description: 'Template of the role or play: `.njk` is Nunjucks, all else is Jinja.' },
  dest: { type: 'path', required: true, description: 'Where it goes; a folder takes the name of the template.' },
  backup: { type: 'bool', default: false, description: 'Keep a dated copy of a replaced file beside it.' },
  force: { type: 'bool', default: true, description: 'Replace a file of other content; else only make it where there is none.' },
  follow: { type: 'bool', default: false, description: 'Write to where a link at the destination points, instead of replacing the link.' },
  validate: { type: 'str', description: 'Command that must accept the new content before it is used; `%s` is its path.' },
  newline_sequence: { type: 'str', default: '\n', choices: ['\n', '\r', '\r\n', '\\n', '\\r', '\\r\\n'], description: 'What ends a line.' },
  output_encoding: { type: 'str', default: 'utf-8', description: 'Encoding of the file: utf-8, utf-16, or one of a byte a character such as latin-1 or windows-1252.' },
  trim_blocks: { type: 'bool', description: 'Remove the line end after a block; on for Jinja unless set.' },
  lstrip_blocks: { type: 'bool', description: 'Remove blanks before a block at the start of a line.' },
  variable_start_string: { type: 'str', description: 'What starts an expression, instead of two braces.' },
  variable_end_string: { type: 'str', description: 'What ends an expression.' },
  block_start_string: { type: 'str', description: 'What starts a block.' },
  block_end_string: { type: 'str', description: 'What ends a block.' },
  comment_start_string: { type: 'str', description: 'What starts a comment.' },
  comment_end_string: { type: 'str', description: 'What ends a comment.' },
  ...attributeArguments,
} as const

/** `ansible.builtin.template`: a file on the host is what a template renders to. */
export const template = withExtended(defineModule({
  name: 'template',
  listsDiffs: true,
  summary: 'Render a template into a file on the host.',
  args,
  examples: [
    { name: 'Render a configuration', args: { src: 'app.conf.j2', dest: '/etc/app.conf', owner: 'root', mode: '0644' } },
    { name: 'Let the daemon check it first', args: { src: 'haproxy.cfg.njk', dest: '/etc/haproxy/haproxy.cfg', validate: 'haproxy -c -f %s', backup: true } },
  ],
  prepare: (given, controller) => templateRequest(given, controller),
  observe: observeCopy,
  diff: diffCopy,
  apply: applyCopy,
  result: copyResult,
  destroys: copyDestroys,
  undo: 'swap',
}), copyPaths)

type TemplateArguments = ArgumentsOf<typeof args>

async function templateRequest(given: TemplateArguments, controller: Controller): Promise<CopyRequest> {
  const { dest, owner, group, mode, force, backup, validate, follow } = given
  const path = controller.findFile(given.src, 'templates')
  const text = controller.renderTemplate(path, { name: given.src, destination: dest, options: renderOptions(given) })
  const item = contentItem(encodeText(text, given.output_encoding), await modeOf(path))
  return {
    dest, name: basename(path), tree: false, source: path, items: [item], attributes: { owner, group, mode }, directoryMode: undefined,
    force, backup, validate, follow, localFollow: true, checksum: undefined,
  }
}

/** Only what was asked for, so that each dialect keeps its own defaults. */
function renderOptions(given: TemplateArguments): TemplateOptions {
  const jinja = extname(given.src) !== '.njk'
  const newline = given.newline_sequence.replace('\\r', '\r').replace('\\n', '\n')
  const options: Readonly<Record<keyof TemplateOptions, unknown>> = {
    trimBlocks: given.trim_blocks ?? (jinja ? true : undefined),
    lstripBlocks: given.lstrip_blocks,
    newlineSequence: newline === '\n' ? undefined : newline,
    variableStart: given.variable_start_string,
    variableEnd: given.variable_end_string,
    blockStart: given.block_start_string,
    blockEnd: given.block_end_string,
    commentStart: given.comment_start_string,
    commentEnd: given.comment_end_string,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
