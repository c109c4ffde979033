import { stringify } from 'yaml'
import type { Argument } from '../../module/argument-spec.ts'
import type { Described } from './controls.ts'

/** A task of the module to begin with: what is required is there, everything else in comments. */
export function moduleSnippet({ name, summary, args }: Described): string {
  const all: readonly (readonly [string, Argument])[] = Object.entries(args)
  const [required, others] = [true, false].map((wanted) => all.filter(([, argument]) => (argument.required ?? false) === wanted))
  return [
    `- name: ${stringify(summary, { lineWidth: 0 }).trimEnd()}`,
    `  ${name}:`,
    ...(required ?? []).map(([argument, spec]) => `    ${argument}:  # ${remark(spec)}`),
    ...(others ?? []).map(([argument, spec]) => `    # ${argument}: ${spec.default === undefined ? '' : `${JSON.stringify(spec.default)} `} # ${remark(spec)}`), '',
  ].join('\n')
}

function remark({ description, choices }: Argument): string {
  return (choices === undefined ? description : `${description} One of ${choices.join(', ')}.`).replaceAll('\n', ' ')
}
