import type { Command } from 'commander'
import { addSharedOptions, collectList, type RunFlags } from '../flags.ts'

/** What `tsplay run` takes besides the shared options. */
export interface PlaybookFlags extends RunFlags {
  readonly startAtTask?: string
  readonly step?: boolean
  readonly listHosts?: boolean
  readonly listTasks?: boolean
  readonly listTags?: boolean
  readonly syntaxCheck?: boolean
}

/** `tsplay run PLAYBOOK...`: what ansible-playbook does, with its options. */
export function addRunCommand(program: Command): void {
  const command = program.command('run')
    .description('Run playbooks.')
    .argument('<playbooks...>', 'playbook files')
  addSharedOptions(command)
    .option('-t, --tags <tags>', 'only plays and tasks with one of these tags', collectList)
    .option('--skip-tags <tags>', 'leave out plays and tasks with one of these tags', collectList)
    .option('--start-at-task <name>', 'begin at the task of this name')
    .option('--step', 'ask before each task')
    .option('--force-handlers', 'run handlers on hosts that failed too')
    .option('--list-hosts', 'list the hosts of each play, run nothing')
    .option('--list-tasks', 'list the tasks that would run, run nothing')
    .option('--list-tags', 'list all tags, run nothing')
    .option('--syntax-check', 'check everything that can be checked without connecting, run nothing')
    .action(async (playbooks: readonly string[], flags: PlaybookFlags) => {
      const { runCommand } = await import('../run-command.ts')
      process.exitCode = await runCommand(playbooks, flags)
    })
}
