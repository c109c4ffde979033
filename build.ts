import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { build, type BuildOptions } from 'esbuild'

const COMMON: BuildOptions = { outdir: 'dist', bundle: true, platform: 'node', target: 'node20', minifySyntax: true, logLevel: 'warning' }

/** What a build runs once, for the code of it to be kept. */
const PLAYBOOK = `
- hosts: all
  vars: { name: world }
  tasks:
    - file: { path: "{{ folder }}", state: directory, mode: '0755' }
    - template: { src: greeting.j2, dest: "{{ folder }}/greeting" }
      notify: Say so
    - copy: { content: "a=1\\n", dest: "{{ folder }}/settings" }
    - lineinfile: { path: "{{ folder }}/settings", regexp: ^a=, line: a=2 }
    - command: cat settings
      args: { chdir: "{{ folder }}" }
      register: said
      changed_when: false
    - set_fact: { lines: "{{ said.stdout_lines | map('trim') | list }}" }
    - debug: { msg: "{{ item }}" }
      loop: "{{ lines }}"
      when: lines | length > 0
  handlers:
    - name: Say so
      shell: "true"
`

rmSync('dist', { recursive: true, force: true })
// One file for the whole program, so that what V8 compiles of it can be kept: `src/cli/launch/load-program.ts`.
// Its name tells its content, as kept code must never be taken for that of another build.
const { metafile } = await build({
  ...COMMON,
  entryPoints: { program: 'src/cli/program.ts' },
  entryNames: '[name]-[hash]',
  metafile: true,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  sourcemap: true,
  define: { 'import.meta.url': '__url' },
  // Kept code has no `import()`: modules of Node are required, and files of people's own have a way of theirs (import-file.ts).
  supported: { 'dynamic-import': false },
  // Optional native parts that the libraries do without when they are missing.
  external: ['cpu-features', 'pg-native', '*.node', 'chokidar', 'fsevents'],
})
const program = Object.keys(metafile.outputs).find((name) => name.endsWith('.cjs')) ?? ''
await build({ ...COMMON, entryPoints: { tsplay: 'src/cli/launch/launch.ts' }, format: 'esm', define: { PROGRAM: JSON.stringify(basename(program)) }, banner: { js: '#!/usr/bin/env node' } })
chmodSync('dist/tsplay.js', 0o755)
warmUp()

/** Lets the program do a bit of everything once; when it ends it keeps what has been compiled. The host that is not there has it load its SSH client. */
function warmUp(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tsplay-build-'))
  writeFileSync(join(folder, 'hosts'), 'here ansible_connection=local\nnowhere ansible_host=127.0.0.1 ansible_port=1\n')
  writeFileSync(join(folder, 'greeting.j2'), 'Hello {{ name | upper }}{% if loud is defined %}!{% endif %}\n')
  writeFileSync(join(folder, 'site.yml'), PLAYBOOK)
  spawnSync(process.execPath, [resolve('dist/tsplay.js'), 'run', 'site.yml', '-i', 'hosts', '-e', `folder=${folder}/made`, '--diff'], { cwd: folder, stdio: 'ignore' })
  rmSync(folder, { recursive: true, force: true })
}
