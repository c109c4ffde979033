import type { Keywords } from '../../playbook/ast.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Dict, Value } from '../../value/value.ts'
import { NO_KEYWORDS } from '../../playbook/keywords.ts'

type Setter = (value: Value) => Partial<Keywords>

/** The names of keywords as they are written in `apply:`. */
const SETTERS: Readonly<Partial<Record<string, Setter>>> = {
  vars: (value) => value instanceof Map ? { vars: value } : {},
  tags: (value) => ({ tags: listOf(value) }),
  when: (value) => ({ when: listOf(value).map(asExpression) }),
  environment: (value) => ({ environment: listOf(value) }),
  module_defaults: (value) => ({ moduleDefaults: listOf(value) }),
  become: (become) => ({ become }),
  become_user: (becomeUser) => ({ becomeUser }),
  become_method: (becomeMethod) => ({ becomeMethod }),
  become_flags: (becomeFlags) => ({ becomeFlags }),
  become_exe: (becomeExe) => ({ becomeExe }),
  connection: (connection) => ({ connection }),
  port: (port) => ({ port }),
  remote_user: (remoteUser) => ({ remoteUser }),
  delegate_to: (delegateTo) => ({ delegateTo }),
  delegate_facts: (delegateFacts) => ({ delegateFacts }),
  run_once: (runOnce) => ({ runOnce }),
  ignore_errors: (ignoreErrors) => ({ ignoreErrors }),
  ignore_unreachable: (ignoreUnreachable) => ({ ignoreUnreachable }),
  any_errors_fatal: (anyErrorsFatal) => ({ anyErrorsFatal }),
  check_mode: (checkMode) => ({ checkMode }),
  diff: (diff) => ({ diff }),
  no_log: (noLog) => ({ noLog }),
  throttle: (throttle) => ({ throttle }),
  timeout: (timeout) => ({ timeout }),
  debugger: (when) => ({ debugger: when }),
  collections: (value) => ({ collections: listOf(value).filter((name) => typeof name === 'string') }),
}

/** The keywords of an `apply:` dict, still to be evaluated. */
export function applyKeywords(dict: Dict): Keywords {
  const given = [...dict].map(([name, value]) => typeof name === 'string' ? SETTERS[name]?.(value) : undefined)
  return Object.assign({ ...NO_KEYWORDS }, ...given) as Keywords
}

function listOf(value: Value): Value[] {
  if (Array.isArray(value)) return value
  return value === null ? [] : [value]
}

/** A condition in a source file is an expression without braces. */
function asExpression(value: Value): Value {
  return typeof value === 'string' ? new TemplateString(value) : value
}
