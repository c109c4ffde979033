import type { ArgumentSpec } from '../../../module/argument-spec.ts'

/** Arguments of file-like modules beyond owner and permissions. */
export const extendedArguments = {
  attributes: { type: 'str', aliases: ['attr'], description: 'Attributes as chattr takes them: `+i`, `-A`, `=ai`; without a sign exactly these.' },
  seuser: { type: 'str', description: 'SELinux user; this and its kin count only on hosts with SELinux. `_default` is what the policy says.' },
  serole: { type: 'str', description: 'SELinux role.' },
  setype: { type: 'str', description: 'SELinux type.' },
  selevel: { type: 'str', description: 'SELinux level.' },
} as const satisfies ArgumentSpec

/** What a task asks for by them. */
export interface WantedExtended {
  readonly attributes?: string | undefined
  readonly seuser?: string | undefined
  readonly serole?: string | undefined
  readonly setype?: string | undefined
  readonly selevel?: string | undefined
}

/** Undefined when it asks for nothing: then nothing is looked at either. */
export function wantedExtended({ attributes, seuser, serole, setype, selevel }: WantedExtended): WantedExtended | undefined {
  const wanted = { attributes, seuser, serole, setype, selevel }
  return Object.values(wanted).every((value) => value === undefined) ? undefined : wanted
}
