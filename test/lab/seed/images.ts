import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LabPaths } from '../control/paths.ts'
import { run } from '../control/run.ts'
import { cached, hashOf } from './cached.ts'

const programs = ['labinit', 'labdelay', 'labwalk', 'pitrix-service'] as const

/** The Debian root under all hosts of all sites. */
export const ensureBase = ({ source, cache }: LabPaths): Promise<string> =>
  cached(cache, { name: `base-${hashOf([join(source, 'base')])}`, title: 'the system of the lab hosts, a minute or two' }, async (target) => {
    await run('bash', [join(source, 'base/build.sh'), target])
  })

/** The lab's own C programs. */
export const ensurePrograms = ({ source, cache }: LabPaths): Promise<string> =>
  cached(cache, { name: `bin-${hashOf([join(source, 'native')])}`, title: 'the programs of the lab' }, async (target) => {
    mkdirSync(target)
    await Promise.all(programs.map((name) => run('gcc', ['-O2', '-static', '-s', '-o', join(target, name), join(source, 'native', `${name}.c`)])))
  })

/** The platform's database packages, built from the base's PostgreSQL. */
export const ensurePackages = ({ source, cache }: LabPaths, base: string): Promise<string> =>
  cached(cache, { name: `packages-${hashOf([join(source, 'platform/packages')], basename(base))}`, title: 'the packages of the platform' }, async (target) => {
    await run('bash', [join(source, 'platform/packages/build.sh'), base, target])
  })
