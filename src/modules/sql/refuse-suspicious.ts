import { ModuleFailure } from '../../module/module.ts'

const SUSPICIOUS = [/['"].*--/s, /\b(?:union|intersect|except)\b.*\bselect\b/is, /;.*\b(?:select|update|insert|delete|drop|truncate|alter)\b/is]

/** Refuses texts that look like SQL injection, where the task asks for that. */
export function refuseSuspicious(args: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  if (args.trust_input !== false) return
  const wrong = names.flatMap((name) => textsOf(args[name])).filter((text) => SUSPICIOUS.some((pattern) => pattern.test(text)))
  if (wrong.length > 0) throw new ModuleFailure(`Passed input '${wrong.join(', ')}' is potentially dangerous`)
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, item]) => [key, ...textsOf(item)])
  return typeof value === 'string' ? [value] : []
}
