import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** Answers to the questions of a package; passwords read `(password omitted)`. */
export function selectionsProbe(name: string): ScriptProbe<Readonly<Record<string, string>>> {
  return {
    kind: 'script',
    key: `debconf:${name}:answers`,
    script: `debconf-show ${quote(name)}`,
    parse: (result) => Object.fromEntries(linesOf(result, 'debconf-show').map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).replace(/^[*\s]+/, ''), line.slice(at + 1).trim()] as const
    })),
  }
}

/** The answer to a question that is a password; empty when there is none. */
export function passwordProbe(name: string, question: string): ScriptProbe<string> {
  return {
    kind: 'script',
    key: `debconf:${name}:password:${question}`,
    script: 'debconf-get-selections',
    parse: (result) => {
      const found = linesOf(result, 'debconf-get-selections').map((line) => line.split('\t')).find(([owner, asked]) => owner === name && asked === question)
      return found?.slice(3).join('\t') ?? ''
    },
  }
}

function linesOf({ status, stdout, stderr }: ExecResult, program: string): readonly string[] {
  if (status === 127) throw new ModuleFailure(`Failed to find required executable "${program}" on the host`)
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || `${program} failed with status ${status}`)
  return stdout.toString('utf8').split('\n').filter((line) => line.trim() !== '')
}
