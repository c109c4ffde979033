/** What templates read as constants or as an operator, and so never as a variable. As in ansible-core 2.19. */
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'none', 'True', 'False', 'None', 'not'])

/** Whether templates can use this as the name of a variable. */
export function isVariableName(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name) && !CONSTANTS.has(name)
}

/** What to say of a name that is none. */
export function variableNameHint(name: unknown): string {
  return CONSTANTS.has(String(name)) ? `Templates read '${String(name)}' as a constant or an operator: choose another name` : 'Names are letters, digits and underscores, and do not start with a digit'
}
