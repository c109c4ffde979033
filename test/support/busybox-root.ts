import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/** A new folder with a system of nothing but busybox, some other programs, and the libraries that they need. Needs root. */
export function busyboxRoot(programs: readonly string[] = [], busybox = 'busybox'): string {
  // Nobody else of this machine comes below the folder, whatever may be entered and run in it.
  const root = join(temporaryFolder('root'), 'root')
  for (const folder of ['bin', 'dev', 'etc', 'proc', 'root', 'tmp', 'var/tmp']) mkdirSync(join(root, folder), { recursive: true })
  for (const program of [busybox, ...programs]) addProgram(root, program)
  execFileSync('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3'])
  execFileSync('chroot', [root, '/bin/busybox', '--install', '-s', '/bin'])
  // The accounts of this machine, whose files its tests make.
  writeFileSync(join(root, 'etc/passwd'), readFileSync('/etc/passwd', 'utf8').replaceAll('/bin/bash', '/bin/sh'))
  cpSync('/etc/group', join(root, 'etc/group'))
  writeFileSync(join(root, 'etc/shells'), '/bin/sh\n')
  return root
}

function addProgram(root: string, program: string): void {
  const path = execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${program}`], { encoding: 'utf8' }).trim()
  cpSync(path, join(root, 'bin', basename(path)), { dereference: true })
  // A static program has none.
  for (const [library] of execFileSync('sh', ['-c', `ldd ${path} 2>/dev/null || true`], { encoding: 'utf8' }).matchAll(/\/lib\S+/g)) {
    mkdirSync(dirname(join(root, library)), { recursive: true })
    cpSync(library, join(root, library), { dereference: true })
  }
}
