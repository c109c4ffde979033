/** How a module's file wants to be run. */
export type ModuleStyle = 'python' | 'want-json' | 'json-inside' | 'key-value' | 'binary' | 'powershell'

/** A new-style module of Python imports what comes with Ansible or with a collection. */
const PYTHON = [
  /from +\.{2,} *module_utils.* +import /,
  /from +ansible_collections\.[^.]+\.[^.]+\.plugins\.module_utils.* +import /,
  /import +ansible_collections\.[^.]+\.[^.]+\.plugins\.module_utils/,
  /from +ansible\.module_utils.* +import /,
  /import +ansible\.module_utils\./,
  /#<<INCLUDE_ANSIBLE_MODULE_COMMON>>/,
]

const POWERSHELL = /# POWERSHELL_COMMON|#Requires -Module|#Requires -Version|#AnsibleRequires -/i

/** Tells by its content, as Ansible does. */
export function styleOf(content: Buffer): ModuleStyle {
  if (isBinary(content)) return 'binary'
  const text = content.toString('latin1')
  if (PYTHON.some((pattern) => pattern.test(text))) return 'python'
  if (POWERSHELL.test(text)) return 'powershell'
  if (text.includes('<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>')) return 'json-inside'
  return text.includes('WANT_JSON') ? 'want-json' : 'key-value'
}

/** Whether one of the first bytes is none that texts are made of. */
function isBinary(content: Buffer): boolean {
  return content.subarray(0, 1024).some((byte) => (byte < 0x20 && ![7, 8, 9, 10, 12, 13, 27].includes(byte)) || byte === 0x7f)
}
