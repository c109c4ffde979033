import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

/** Which of some packages the database of rpm has, by name, version, pattern or what they provide; for files of packages, that very package. */
export function installedSpecsProbe(specs: readonly string[], installroot: string): ScriptProbe<readonly boolean[]> {
  const rpm = installroot === '/' ? 'rpm' : `rpm --root=${quote(installroot)}`
  return {
    kind: 'script',
    key: `package:rpm:${JSON.stringify([specs, installroot])}`,
    script: specs.map((spec) => `if ${condition(rpm, spec)} >/dev/null 2>&1; then echo 1; else echo 0; fi`).join('\n'),
    parse: ({ stdout }) => {
      const answers = stdout.toString('utf8').trim().split('\n')
      return specs.map((_, index) => answers[index] === '1')
    },
  }
}

function condition(rpm: string, spec: string): string {
  if (spec.startsWith('@') || spec.includes('://') || / [<>=]/.test(spec)) return 'false'
  if (spec.endsWith('.rpm')) return `${rpm} -q "$(rpm -qp --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}' ${quote(spec)} 2>/dev/null)"`
  if (/[*?[]/.test(spec)) return `${rpm} -qa ${quote(spec)} | grep -q .`
  return `{ ${rpm} -q ${quote(spec)} || ${rpm} -q --whatprovides ${quote(spec)}; }`
}
