import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { runProgram } from '../../src/cli/program.ts'
import type { Example } from '../../src/diagnostics/explain/explanation.ts'
import { EXPLANATIONS } from '../../src/diagnostics/explain/index.ts'
import { RULES } from '../../src/lint/rules/index.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const source = resolve(import.meta.dirname, '../../src')

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

describe('codes', () => {
  const used = new Set(filesIn(source).flatMap(codesIn))

  it('every code that is used is explained', () => {
    expect([...used].filter((code) => !Object.hasOwn(EXPLANATIONS, code)).sort()).toEqual([])
  })

  it('every code that is explained is used', () => {
    const texts = filesIn(source).map((path) => readFileSync(path, 'utf8')).join('\n')
    expect(Object.keys(EXPLANATIONS).filter((code) => !texts.includes(`'${code}'`))).toEqual([])
  })

  it('a code is not the name of a rule', () => {
    expect(RULES.filter(({ id }) => Object.hasOwn(EXPLANATIONS, id))).toEqual([])
  })
})

describe('examples', () => {
  const shown = Object.entries(EXPLANATIONS).flatMap(([code, { example }]) => typeof example === 'string' ? [] : [[code, example] as const])

  it.each(shown)('%s comes of its example', async (code, example) => {
    expect(await call(example)).toMatch(new RegExp(`\\[${code}\\]| {2}code: ${code}\n`))
  })

  it('few are only told of', () => {
    expect(Object.keys(EXPLANATIONS).length - shown.length).toBeLessThanOrEqual(7)
  })
})

describe('tsplay explain', () => {
  it('tells what a code means, an example, and how to mend it', async () => {
    const text = await output(['explain', 'unknown-keyword'])
    expect(text).toContain('a key that is no keyword')
    expect(text).toMatch(/To mend it: Use the name/)
    expect(text).toMatch(/# site\.yml\n {2}- hosts: all/)
    expect(text).toMatch(/\$ tsplay run site\.yml/)
  })

  it('knows the rules of lint', async () => {
    expect(await output(['explain', 'no-changed-when'])).toMatch(/a rule of tsplay lint[\s\S]*Not so\n {2}- name[\s\S]*But so/)
  })

  it('lists all codes', async () => {
    const lines = (await output(['explain', '--list'])).trimEnd().split('\n')
    expect(lines).toHaveLength(Object.keys(EXPLANATIONS).length + RULES.length)
  })
})

/** Runs an example in a folder of its own; what it wrote. */
async function call({ files, call: words, environment = {}, onTerminal = false }: Example): Promise<string> {
  const folder = temporaryFolder('explain')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
    if (name.endsWith('.sh')) chmodSync(join(folder, name), 0o755)
  }
  const placed = (word: string): string => word === '.' || /\.\w+$|^hosts$/.test(word) ? word.replace(/^(\w+@)?(.*)$/, (_all, label: string = '', name: string) => label + join(folder, name)) : word
  const terminal = process.stdout.isTTY
  vi.stubEnv('NO_COLOR', undefined)
  for (const [name, value] of Object.entries({ CI: '', TERM: 'xterm', ...environment })) vi.stubEnv(name, placed(value))
  process.stdout.isTTY = onTerminal
  try {
    return await output(words.map(placed))
  } finally {
    process.stdout.isTTY = terminal
    vi.unstubAllEnvs()
  }
}

async function output(words: readonly string[]): Promise<string> {
  let text = ''
  const take = (chunk: string | Uint8Array): boolean => {
    text += String(chunk)
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(take)
  vi.spyOn(process.stderr, 'write').mockImplementation(take)
  await runProgram(['node', 'tsplay', ...words])
  vi.restoreAllMocks()
  return stripVTControlCharacters(text)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return path.endsWith('diagnostics/explain') || path.endsWith('lint/rules') ? [] : filesIn(path)
    return path.endsWith('.ts') ? [path] : []
  })
}

/** The codes that diagnostics are made with: `problems.error('x', ...)`, `{ code: 'x', severity: ... }`, errors of templates and arguments. */
function codesIn(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  const calls = [...text.matchAll(/[pP]roblems\.(?:error|warning)\(\s*'([a-z-]+)'/g), ...text.matchAll(/new EvaluationError\('([a-z-]+)'/g)]
  const literals = [...text.matchAll(/\bcode: '([a-z-]+)',\s*(?:severity|argument|message|summary)/g)]
  return [...calls, ...literals].map((match) => match[1] ?? '')
}
