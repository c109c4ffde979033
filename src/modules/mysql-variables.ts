import { ModuleFailure } from '../module/module.ts'
import { CONNECTION_ARGUMENTS } from './mysql/connection-arguments.ts'
import { defineSqlModule } from './mysql/sql-module.ts'
import { quoteLiteral, quoteName } from './mysql/sql-text.ts'

interface State {
  readonly value: string
}

/** `community.mysql.mysql_variables`. */
export const mysqlVariables = defineSqlModule({
  name: 'mysql_variables',
  summary: 'Tell the value of a global variable of a MySQL or MariaDB server, or ensure it has one.',
  args: {
    ...CONNECTION_ARGUMENTS,
    variable: { type: 'str', required: true, description: 'Variable.' },
    value: { type: 'str', description: 'Its value; without one it is only told.' },
    mode: { type: 'str', choices: ['global', 'persist', 'persist_only'], default: 'global', description: 'Until the server ends; or also, or only, beyond that (MySQL 8).' },
  },
  examples: [{ name: 'Nobody writes', args: { variable: 'read_only', value: '1' } }],
  database: () => undefined,
  inputs: [],
  look: async ({ variable, mode }, ask): Promise<State> => {
    if (!/^[0-9A-Za-z_.]+$/.test(variable)) throw new ModuleFailure(`invalid variable name "${variable}"`)
    if (mode === 'persist_only') {
      const [persisted] = await ask(`SELECT VARIABLE_VALUE AS value FROM performance_schema.persisted_variables WHERE VARIABLE_NAME = ${quoteLiteral(variable)}`)
      return { value: persisted?.value ?? '' }
    }
    const [row] = await ask(`SHOW GLOBAL VARIABLES WHERE Variable_name = ${quoteLiteral(variable)}`)
    if (row === undefined) throw new ModuleFailure(`Variable not available "${variable}"`)
    return { value: row.Value ?? '' }
  },
  aim: ({ value }, before) => (value === undefined || plain(value) === plain(before.value) ? before : { value }),
  statements: ({ before, after }, { variable, mode }) => (before.value === after.value ? [] : [`SET ${mode.toUpperCase()} ${variable.split('.').map(quoteName).join('.')} = ${literal(after.value)}`]),
  result: ({ value }, state) => ({ msg: value === undefined ? state.value : 'Variable is already set to requested value.' }),
  fields: ({ before }) => ({ msg: `Variable change succeeded prev_value=${before.value}` }),
  undo: 'swap',
})

/** ON is 1, numbers are numbers. */
function plain(value: string): string {
  const word = value.trim().toUpperCase()
  if (word === 'ON' || word === 'TRUE') return '1'
  if (word === 'OFF' || word === 'FALSE') return '0'
  return word !== '' && Number.isFinite(Number(word)) ? String(Number(word)) : value
}

function literal(value: string): string {
  const word = value.trim().toUpperCase()
  return /^(?:-?\d+(?:\.\d+)?|ON|OFF)$/.test(word) ? word : quoteLiteral(value)
}
