import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ActionContext, type ModuleResult } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { hasAttributes, neededAttributes } from './files/attributes.ts'
import { backUp } from './files/backup.ts'
import { digestOf } from './files/download/checksum.ts'
import { DOWNLOAD_ARGUMENTS, planDownload, type Download, type DownloadArguments } from './files/download/plan-download.ts'
import { fileFacts } from './files/file-facts.ts'

/** `ansible.builtin.get_url`: a file from the web, fetched through the host's network. */
export const getUrl = defineAction({
  name: 'get_url',
  asksInEnvironment: true,
  summary: 'Download a file to the host.',
  where: 'host',
  check: 'predict',
  args: DOWNLOAD_ARGUMENTS,
  examples: [
    { name: 'Download what is newer', args: { url: 'https://example.com/app.tar.gz', dest: '/opt/app.tar.gz', mode: '0644' } },
    { name: 'Make sure of the content', args: { url: 'https://example.com/app-1.2.tar.gz', dest: '/opt', checksum: 'sha256:ce34d1b23a633203408e33ab6b5a2214e9c6bd98e17dc5b3a7e12d2257a9c0fb' } },
  ],
  run: (given, { remote }) => timed(async () => {
    const plan = await planDownload(given, remote)
    if (plan.content === undefined) return keep(given, plan, { remote, write: true })
    const backup = given.backup && plan.stat !== undefined ? await backUp(plan.path, remote) : undefined
    await remote.writeFile(plan.path, plan.content, neededAttributes(given, plan.stat))
    const stat = await remote.stat(plan.path)
    const fields = { ...fieldsOf(given, plan), ...(stat !== undefined && fileFacts(stat)), ...(backup !== undefined && { backup_file: backup }) }
    return { changed: true, msg: plan.message, fields }
  }),
  // Downloading changes nothing, so check mode does it too: only then is it certain whether the file differs.
  predict: (given, { remote }) => timed(async () => {
    const plan = await planDownload(given, remote)
    if (plan.content === undefined) return keep(given, plan, { remote, write: false })
    return { changed: true, msg: plan.message, fields: { ...fieldsOf(given, plan), ...(plan.stat !== undefined && fileFacts(plan.stat)) } }
  }),
})

/** The same result, of a failure too, with the seconds that it took. */
async function timed(work: () => Promise<ModuleResult>): Promise<ModuleResult> {
  const start = Date.now()
  const elapsed = (): number => Math.floor((Date.now() - start) / 1000)
  try {
    const result = await work()
    return { ...result, fields: { ...result.fields, elapsed: elapsed() } }
  } catch (error) {
    throw error instanceof ModuleFailure ? new ModuleFailure(error.message, { ...error.fields, elapsed: elapsed() }) : error
  }
}

interface Keeping extends Pick<ActionContext, 'remote'> {
  readonly write: boolean
}

async function keep(given: DownloadArguments, plan: Download, { remote, write }: Keeping): Promise<ModuleResult> {
  const needed = neededAttributes(given, plan.stat)
  if (write && hasAttributes(needed)) await remote.setAttributes(plan.path, needed)
  const stat = hasAttributes(needed) ? await remote.stat(plan.path) : plan.stat
  return { changed: hasAttributes(needed), msg: plan.message, fields: { ...fieldsOf(given, plan), ...(stat !== undefined && fileFacts(stat)) } }
}

function fieldsOf({ url }: DownloadArguments, { path, fetched, status }: Download): JsonObject {
  const sums = fetched === undefined ? {} : { checksum_src: digestOf(fetched, 'sha1'), checksum_dest: digestOf(fetched, 'sha1'), md5sum: digestOf(fetched, 'md5') }
  return { url, dest: path, ...sums, ...(status !== undefined && { status_code: status }) }
}
