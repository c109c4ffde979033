import { quote, quoteAll } from '../../text/shell-quote.ts'
import { supervisorProgram } from './program/program.ts'

/** Printed, after the token, where there is no Python. */
export const NO_PYTHON = 'none'

/** One that was found may be a stand-in for one that is not there, or too old. */
const WORKS = "$_python -c 'import sys; sys.exit(sys.version_info < (3, 5))' </dev/null >/dev/null 2>&1"

/** sh source that becomes the first of the Pythons that there is, running the supervisor. Its text is in no argv. */
export function startSource(interpreters: readonly string[], token: string): string {
  // One command, read as a whole: what a shell has not read when it becomes Python would be taken for requests.
  return [
    '{',
    `for _python in ${quoteAll(interpreters)}; do`,
    'case $_python in "~/"*) _python=$HOME/${_python#"~/"};; esac',
    `if command -v "\${_python%% *}" >/dev/null 2>&1${interpreters.length === 1 ? '' : ` && ${WORKS}`}; then`,
    "exec 3<<'TSPLAY_PROGRAM'",
    `${supervisorProgram(token)}TSPLAY_PROGRAM`,
    `exec $_python -c 'import os; exec(compile(os.fdopen(3, "rb").read(), "tsplay", "exec"))'`,
    'fi; done',
    `printf %s ${quote(token + NO_PYTHON)}`,
    'exit 127; }\n',
  ].join('\n')
}
