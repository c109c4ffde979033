import { defineModule } from '../module/define-module.ts'
import type { Remote } from '../remote/remote.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quote } from '../text/shell-quote.ts'
import { entriesIn, unescaped, withEntry } from './system/mounts/fstab.ts'

interface MountState {
  /** Text of fstab; null when there is none. */
  readonly text: string | null
  readonly mounted: boolean
  readonly folderExists: boolean
  /** In a wanted state: what is done besides reaching it. */
  readonly action?: 'remount'
}

/** `ansible.posix.mount`: file systems, in fstab and live. */
export const mount = defineModule({
  name: 'mount',
  aliases: ['ansible.posix.mount'],
  summary: 'Keep a file system mounted, and named in fstab.',
  args: {
    path: { type: 'path', required: true, aliases: ['name'], description: 'Where it is mounted.' },
    src: { type: 'path', description: 'Device, address or source.' },
    fstype: { type: 'str', description: 'Type of the file system.' },
    opts: { type: 'str', default: 'defaults', description: 'Options.' },
    dump: { type: 'str', default: '0', description: 'Field of fstab.' },
    passno: { type: 'str', default: '0', description: 'Field of fstab.' },
    state: {
      type: 'str', required: true, choices: ['absent', 'absent_from_fstab', 'mounted', 'present', 'unmounted', 'remounted', 'ephemeral'],
      description: '`mounted` in fstab and live, `present` in fstab only, `unmounted` live only, `absent` neither (its folder goes too), `ephemeral` live but not in fstab, `remounted` always changes.',
    },
    fstab: { type: 'path', default: '/etc/fstab', description: 'The file.' },
    boot: { type: 'bool', default: true, description: 'Whether it is mounted at boot; else option `noauto` is added.' },
    backup: { type: 'bool', default: false, description: 'Accepted for compatibility: the run\'s journal keeps the file before.' },
  },
  constraints: { requiredIf: [['state', 'mounted', ['src', 'fstype']], ['state', 'present', ['src', 'fstype']], ['state', 'ephemeral', ['src', 'fstype']]] },
  examples: [
    { name: 'Backups go to another disk', args: { path: '/backup', src: '/dev/vdb1', fstype: 'ext4', state: 'mounted' } },
    { name: 'What may be lost is kept in memory', args: { path: '/srv/scratch', src: 'tmpfs', fstype: 'tmpfs', opts: 'size=16m,mode=1777', state: 'mounted' } },
  ],
  observe: async ({ path, fstab }: WantedMount, remote): Promise<MountState> => {
    const [text, mounted, folder] = await Promise.all([remote.readText(fstab), remote.read(mountedProbe(path)), settled(remote.stat(path))])
    // What is mounted has a folder, whatever there is to see of it.
    return { text: text ?? null, mounted, folderExists: mounted || await folder() !== undefined }
  },
  diff: (wanted, before) => {
    const after = wantedState(wanted, before)
    if (after.action === undefined && after.text === before.text && after.mounted === before.mounted && after.folderExists === before.folderExists) return undefined
    const headers = { beforeHeader: wanted.fstab, afterHeader: wanted.fstab }
    const shown = (state: MountState) => `${state.text ?? ''}# ${wanted.path}: ${state.mounted ? 'mounted' : 'not mounted'}\n`
    return { before, after, diff: [{ before: shown(before), after: shown(after), ...headers }] }
  },
  apply: async (wanted, { before, after }, remote) => {
    const { path, fstab } = wanted
    if (!before.folderExists && after.folderExists) await remote.makeDirectory(path)
    if (after.text !== before.text) await (after.text === null ? remote.remove(fstab) : remote.writeFile(fstab, after.text))
    const script = liveCommand(wanted, before, after)
    if (script !== undefined) {
      const live = remote.write({
        summary: `${after.action === 'remount' ? 'Remount' : after.mounted ? 'Mount' : 'Unmount'} ${path}`,
        command: { script },
        effects: { keys: [`mounted:${path}`, 'facts:*'], paths: [path, '/proc/mounts', '/proc/self'], predictions: [{ probe: mountedProbe(path), answer: after.mounted }] },
      })
      // What cannot be mounted leaves nothing behind.
      await live.catch(async (error: unknown) => {
        if (before.text !== null && after.text !== before.text) await remote.writeFile(fstab, before.text)
        if (!before.folderExists && after.folderExists) await removeFolder(path, remote)
        throw error
      })
    }
    if (before.folderExists && !after.folderExists) await removeFolder(path, remote)
    return undefined
  },
  result: (args) => {
    const { path, src, fstype, dump, passno, fstab, boot } = args
    return { name: path, src: src ?? '', fstype: fstype ?? '', opts: optionsOf(args), dump, passno, fstab, boot: boot ? 'yes' : 'no', backup_file: '' }
  },
  undo: ({ path }, { before }) => before.mounted && !namesPath(before.text, path) ? { impossible: 'where it was mounted from is not kept, and fstab does not say' } : 'swap',
  destroys: ({ fstab }, { before, after }) => before.text !== null && before.text !== after.text ? [fstab] : [],
})

/** Never more than an empty one: what is in it may be all there is. */
async function removeFolder(path: string, remote: Remote): Promise<void> {
  await remote.write({ summary: `Remove folder ${path}`, command: { script: `rmdir ${quote(path)}` }, effects: { paths: [path] } })
}

interface WantedMount {
  readonly path: string
  readonly src: string | undefined
  readonly fstype: string | undefined
  readonly opts: string
  readonly dump: string
  readonly passno: string
  readonly state: 'absent' | 'absent_from_fstab' | 'mounted' | 'present' | 'unmounted' | 'remounted' | 'ephemeral'
  readonly fstab: string
  readonly boot: boolean
}

function mountedProbe(path: string): ScriptProbe<boolean> {
  return {
    kind: 'script',
    key: `mounted:${path}`,
    script: 'cat /proc/self/mounts',
    parse: ({ stdout }) => stdout.toString('utf8').split('\n').some((line) => unescaped(line.split(' ')[1] ?? '') === path.replace(/(.)\/+$/, '$1')),
  }
}

function wantedState(wanted: WantedMount, before: MountState): MountState {
  const { named, live } = GOALS[wanted.state]
  const text = wantedText(wanted, named, before.text)
  const mounted = live ?? before.mounted
  // New options of what is mounted take effect by mounting it again.
  const remounts = wanted.state === 'remounted' || (live === true && before.mounted && text !== before.text)
  return {
    text, mounted,
    folderExists: wanted.state !== 'absent' && (mounted || before.folderExists),
    ...remounts ? { action: 'remount' as const } : {},
  }
}

/** What each state wants of fstab and of the live system; undefined is left alone. */
const GOALS: Readonly<Record<WantedMount['state'], { readonly named?: 'present' | 'absent', readonly live?: boolean }>> = {
  mounted: { named: 'present', live: true },
  present: { named: 'present' },
  absent: { named: 'absent', live: false },
  absent_from_fstab: { named: 'absent' },
  unmounted: { live: false },
  ephemeral: { live: true },
  remounted: { live: true },
}

function wantedText(wanted: WantedMount, named: 'present' | 'absent' | undefined, text: string | null): string | null {
  if (named === undefined || (text === null && named === 'absent')) return text
  return withEntry(text ?? '', entryOf(wanted), named)
}

function optionsOf({ opts, boot }: Pick<WantedMount, 'opts' | 'boot'>): string {
  return boot || opts.split(',').includes('noauto') ? opts : `${opts},noauto`
}

function entryOf({ path, src = '', fstype = '', opts, dump, passno, boot }: WantedMount): Parameters<typeof withEntry>[1] {
  const all = optionsOf({ opts, boot })
  return { src, path: path.replace(/(.)\/+$/, '$1'), fstype, opts: all, dump, passno }
}

function namesPath(text: string | null, path: string): boolean {
  return text !== null && entriesIn(text).some((entry) => entry.path === path)
}

async function settled<T>(work: Promise<T>): Promise<() => Promise<T>> {
  await work.catch(() => undefined)
  return () => work
}

function liveCommand({ path, src, fstype, opts, state, fstab }: WantedMount, before: MountState, after: MountState): string | undefined {
  const place = quote(path)
  if (after.action === 'remount') return `mount -o remount ${place} 2>/dev/null || { umount ${place} && mount ${place}; }`
  if (before.mounted === after.mounted) return undefined
  if (!after.mounted) return `umount ${place}`
  const isNamed = state !== 'ephemeral' && fstab === '/etc/fstab' && namesPath(after.text, path)
  return isNamed ? `mount ${place}` : `mount -t ${quote(fstype ?? 'auto')} -o ${quote(opts)} ${quote(src ?? '')} ${place}`
}
