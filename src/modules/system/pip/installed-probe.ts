import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import { canonicalName } from './requirement.ts'

/** What pip says is installed. */
export interface Installed {
  /** Words that run pip; null when there is none. */
  readonly program: readonly string[] | null
  readonly problem: string
  readonly environment: 'there' | 'missing'
  /** As pip lists it: `name==version` lines. */
  readonly text: string
  /** By canonical name. */
  readonly versions: ReadonlyMap<string, string>
}

export interface PipPlace {
  readonly environment: string | undefined
  readonly executable: string | undefined
  readonly interpreter: string | undefined
  readonly directory: string
}

/** Finds pip and asks what is installed. */
export function installedProbe(place: PipPlace): ScriptProbe<Installed> {
  return {
    kind: 'script',
    key: `pip:${JSON.stringify([place.environment, place.executable, place.interpreter, place.directory])}`,
    script: `set --
${finding(place)}
[ $# -gt 0 ] || { echo none; exit 0; }
echo "there"; printf '%s\\n' "$@"; echo
cd ${quote(place.directory)} && PIP_DISABLE_PIP_VERSION_CHECK=1 "$@" list --format=freeze 2>/dev/null || PIP_DISABLE_PIP_VERSION_CHECK=1 "$@" freeze`,
    parse: ({ stdout }) => parse(stdout.toString('utf8'), place),
  }
}

function finding({ environment, executable, interpreter }: PipPlace): string {
  if (environment !== undefined) {
    return `e=${quote(environment)}
[ -e "$e/bin/activate" ] || { echo missing; exit 0; }
for b in pip3 pip; do if [ -x "$e/bin/$b" ]; then set -- "$e/bin/$b"; break; fi; done`
  }
  if (executable !== undefined) return `p=$(command -v ${quote(executable)}) && set -- "$p"`
  return `for p in ${interpreter === undefined ? '' : quote(interpreter)} python3 python; do
if "$p" -c 'import pip' >/dev/null 2>&1; then set -- "$(command -v "$p")" -m pip; break; fi; done
[ $# -gt 0 ] || { p=$(command -v pip3) && set -- "$p"; }`
}

function parse(output: string, { environment, executable }: PipPlace): Installed {
  const [head = '', ...lines] = output.split('\n')
  const end = lines.indexOf('')
  const text = lines.slice(end + 1).join('\n')
  const versions = new Map(text.split('\n').map((line) => line.split('==')).flatMap(([name = '', version]) => version === undefined ? [] : [[canonicalName(name), version] as const]))
  const names = environment === undefined ? executable ?? 'pip3' : 'pip3, pip'
  return {
    program: head === 'there' ? lines.slice(0, end) : null,
    problem: environment === undefined ? `Unable to find any of ${names} to use.  pip needs to be installed.` : `Unable to find pip in the virtualenv, ${environment}, under any of these names: ${names}. Make sure pip is present in the virtualenv.`,
    environment: head === 'missing' ? 'missing' : 'there',
    text: head === 'there' ? text : '',
    versions,
  }
}
