import type { Block, Keywords, TaskNode } from './ast.ts'

/** Drops role blocks that an earlier, unconditional use of the same role makes needless. Others are left to the run, which knows what was skipped. */
export function withoutRepeats(blocks: readonly Block[]): Block[] {
  const done = new Set<string>()
  return blocks.flatMap((block) => withoutDone(block, done, true))
}

function withoutDone(block: Block, done: Set<string>, certain: boolean): Block[] {
  const once = block.role?.once
  if (once !== undefined && done.has(once)) return []
  const always = certain && isUnconditional(block.keywords)
  const inner = block.block.flatMap((node): TaskNode[] => isRoleBlock(node) ? withoutDone(node, done, always) : [node])
  if (once !== undefined && always) done.add(once)
  return [{ ...block, block: inner }]
}

function isRoleBlock(node: TaskNode): node is Block {
  return node.kind === 'block' && node.role?.once !== undefined
}

function isUnconditional({ when, tags }: Keywords): boolean {
  return when.length === 0 && tags.length === 0
}
