import { dirname, resolve } from 'node:path'
import type { Diagnostic } from '../../diagnostics/types.ts'
import { checkBeforeRun } from '../../engine/check-before-run.ts'
import type { LintFile } from '../../lint/lint-file.ts'
import { createModuleRegistry } from '../../module/registry.ts'
import { MODULES } from '../../modules/index.ts'
import type { Reporter } from '../../run/reporter.ts'
import { isFolder } from '../../yaml/source-store.ts'
import type { SourceFlags } from '../flags.ts'
import { composeRun } from './compose-run.ts'
import { NO_PASSWORDS } from './connection-options.ts'
import { loadPlaybooks, loadSources } from './load-sources.ts'
import { openConfig } from './open-config.ts'
import { withoutEchoes } from './problems.ts'

/** What a run of these playbooks, or of a playbook with these roles, would refuse. Without an inventory no host is known. */
export async function checkFiles(files: readonly LintFile[], flags: SourceFlags): Promise<readonly Diagnostic[]> {
  const sources = await loadSources({ ...flags, inventory: flags.inventory ?? [] }, { config: openConfig(flags), modules: createModuleRegistry(MODULES), passwords: NO_PASSWORDS })
  const loaded = await loadPlaybooks(files.filter(({ kind }) => kind === 'playbook').map(({ source }) => source.path), sources)
  const roles = await sources.loader.source({ path: ROLES, text: playbookOf(rolesOf(files)) }, process.cwd())
  const request = await composeRun({ ...flags, journal: false }, { sources, playbooks: [...loaded.value, roles.value], reporter: SILENT })
  const loading = [...sources.problems, ...loaded.diagnostics, ...roles.diagnostics]
  const isWhole = loading.every(({ severity }) => severity !== 'error')
  const needless = flags.inventory === undefined ? ['no-inventory', 'unmatched-pattern'] : []
  const found = withoutEchoes([...loading, ...await checkBeforeRun(request, { isWhole })])
  return found.filter(({ code, range }) => !needless.includes(code) && range?.file.path !== ROLES)
}

/** The playbook made up for roles. */
const ROLES = '<roles>'

interface RoleFile {
  readonly role: string
  readonly tasksFrom: string
}

/** Every role that files belong to, with each of its files of tasks. */
function rolesOf(files: readonly LintFile[]): readonly RoleFile[] {
  return files.filter(({ kind }) => kind === 'tasks').flatMap(({ source }) => {
    const path = resolve(source.path)
    const match = /^(.*)\/tasks\/([^/]+)$/.exec(path)
    const role = match?.[1] ?? dirname(path)
    return match !== null && isRole(role) ? [{ role, tasksFrom: match[2] ?? 'main' }] : []
  })
}

function isRole(folder: string): boolean {
  return ['defaults', 'vars', 'meta', 'handlers', 'templates', 'files'].some((name) => isFolder(`${folder}/${name}`)) || /\/roles\/[^/]+$/.test(folder)
}

function playbookOf(roles: readonly RoleFile[]): string {
  const tasks = roles.map(({ role, tasksFrom }) => ({ import_role: { name: role, tasks_from: tasksFrom } }))
  return JSON.stringify([{ hosts: 'all', gather_facts: false, tasks }])
}

const SILENT: Reporter = { report: () => undefined, close: () => Promise.resolve() }
