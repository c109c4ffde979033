import { join } from 'node:path'
import { hostDrop } from '../control/capabilities.ts'
import type { LabPaths } from '../control/paths.ts'
import { run } from '../control/run.ts'

interface Layer {
  readonly name: string
  /** Layers under this one, uppermost first; the base comes below them. */
  readonly over: readonly string[]
  /** A script of test/lab/seed, run inside, and its arguments. */
  readonly script: string
  readonly args?: readonly string[]
}

/** Makes overlay layers of a seed one after another from staged files and scripts. */
export class LayerBuilder {
  constructor(
    private readonly paths: LabPaths,
    private readonly base: string,
    private readonly seed: string,
  ) {}

  /** Where the files of a layer are staged. */
  stage(name: string): string {
    return join(this.seed, 'stage', name)
  }

  folder(name: string): string {
    return join(this.seed, 'layers', name)
  }

  async build({ name, over, script, args = [] }: Layer): Promise<void> {
    const lower = [...over.map((layer) => this.folder(layer)), this.base].join(':')
    const tools = join(this.paths.source, 'seed')
    await run('bash', [join(tools, 'in-layer.sh'), this.folder(name), lower, this.stage(name), join(tools, script), ...args], { env: { LAB_HOST_DROP: hostDrop } })
  }
}
