import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files that both tools run, and the environment they run in. */
export interface Content {
  readonly environment: Readonly<Record<string, string>>
  /** Files by their path in the scratch folder; `playbook.yml` and `inventory` among them. */
  readonly files: ReadonlyMap<string, string>
}

/** A small playbook and what it needs, as one file: see README.md for its form. */
export interface Case extends Content {
  /** Folder and file name, without ending. */
  readonly name: string
  /** Arguments of ansible-playbook and `tsplay run`, besides the inventory and the playbook. */
  readonly options: readonly string[]
  /** Tasks (or `recap`, `exitCode`, `files`, `*` for all of it) whose outcome Debian's ansible-core gives otherwise than 2.19, with the reason. */
  readonly older: ReadonlyMap<string, string>
  /** Those whose outcome is deliberately otherwise than in any Ansible, with the reason. */
  readonly differs: ReadonlyMap<string, string>
  /** Why tsplay refuses to start what Ansible finds wrong only when it gets there. */
  readonly refused: string | undefined
  /** Whether there is to be a diff, and whether results are predictions. */
  readonly shows: { readonly diff: boolean, readonly predictions: boolean }
  /** Result fields that this case cannot compare, with the reason. */
  readonly without: ReadonlyMap<string, string>
}

const INVENTORY = '[web]\nalpha\nbeta\n\n[db]\ngamma\n\n[all:vars]\nansible_connection=local\n'

/** All cases below a folder, in order of their names. */
export function readCases(folder: string): Case[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .sort()
    .map((path) => parseCase(path.replace(/\.yml$/, ''), readFileSync(join(folder, path), 'utf8')))
}

/** Sections begin with `--- # FILE path`; what precedes the first one is the playbook, its header comment holds the settings. */
function parseCase(name: string, text: string): Case {
  const [playbook = '', ...sections] = text.split(/^--- # FILE (?=\S)/m)
  const files = new Map(sections.map((section) => splitOnce(section, '\n')))
  const header = playbook.split('\n').filter((line) => line.startsWith('# ')).map((line) => line.slice(2))
  const options = settings(header, 'options').flatMap(words)
  return {
    name,
    options,
    shows: { diff: options.includes('--diff'), predictions: options.includes('--check') || settings(header, 'predicted').length > 0 },
    environment: Object.fromEntries(settings(header, 'environment').flatMap(words).map((pair) => splitOnce(pair, '='))),
    files: new Map([['inventory', INVENTORY], ['playbook.yml', playbook], ...files]),
    older: notes(header, 'older'),
    differs: notes(header, 'differs'),
    refused: settings(header, 'refused')[0],
    without: notes(header, 'without'),
  }
}

function settings(header: readonly string[], name: string): string[] {
  return header.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2))
}

/** What is noted of each task or field. */
function notes(header: readonly string[], name: string): ReadonlyMap<string, string> {
  return new Map(settings(header, name).map((text) => splitOnce(text, ': ')))
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}

/** Words as a shell has them, with quotes but nothing else. */
function words(text: string): string[] {
  return [...text.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}
