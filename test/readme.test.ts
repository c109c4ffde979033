import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './support/temporary-folder.ts'

const project = resolve(import.meta.dirname, '..')
const readme = readFileSync(join(project, 'README.md'), 'utf8')
const folder = temporaryFolder('readme')

describe('README', () => {
  const blocks = [...readme.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)]

  it('quotes files of the repository as they are', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(2)
    for (const [, path = '', body = ''] of blocks) expect(`# ${path}\n${body}`).toBe(readFileSync(join(project, path), 'utf8'))
  })

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '')
    expect(links.filter((link) => !existsSync(join(project, link)))).toEqual([])
  })

  it("its example runs: first it changes, then it doesn't", () => {
    const motd = join(folder, 'etc/motd')
    const run = (): string => execFileSync(process.execPath, [
      '--import', 'tsx', 'src/cli/main.ts', 'run', 'playbooks/examples/motd.yml', '-i', 'localhost,', '-c', 'local', '--no-journal', '-e', `motd_path=${motd}`,
    ], { cwd: project, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
    expect(run()).toMatch(/localhost has a new message[\s\S]*localhost +: ok=\d+ +changed=2 /)
    expect(readFileSync(motd, 'utf8')).toMatch(/^Welcome to localhost \(Debian .*\)\.\n- Take care\.\n- All changes are recorded\.\n$/)
    expect(run()).toMatch(/localhost +: ok=\d+ +changed=0 /)
  })

  it('names only commands that there are', () => {
    const help = execFileSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', '--help'], { cwd: project, encoding: 'utf8' })
    for (const [, command = ''] of readme.matchAll(/^tsplay (\w+)/gm)) expect(help).toContain(`  ${command} `)
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { readonly scripts: object }
    for (const [, script = ''] of readme.matchAll(/`npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script)
  })
})
