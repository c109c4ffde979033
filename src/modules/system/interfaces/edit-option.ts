import { ModuleFailure } from '../../../module/module.ts'
import { bare } from '../../files/edit/lines.ts'
import { parseInterfaces, REPEATABLE, type InterfacesLine } from './parse-interfaces.ts'

interface WantedOption {
  readonly iface: string
  readonly address_family: string | undefined
  readonly option: string
  readonly value: string | undefined
  readonly state: 'present' | 'absent'
}

/** The file with the option as it is to be. */
export function withOption(wanted: WantedOption, text: string): string {
  const { iface, address_family: family, option, value, state } = wanted
  const lines = parseInterfaces(text)
  const ours = lines.filter((line) => line.iface === iface && (family === undefined || line.family === family))
  if (ours.length === 0) throw new ModuleFailure(`Error: interface ${iface} not found`)
  const options = ours.filter((line) => line.kind === 'option' && line.option === option)
  if (state === 'absent') {
    const gone = options.filter((line) => !REPEATABLE.includes(option) || value === undefined || line.value === value)
    return lines.filter((line) => !gone.includes(line)).map((line) => line.text).join('')
  }
  if (option === 'method') return lines.map((line) => ours.includes(line) && line.kind === 'iface' ? withMethod(line, value ?? '') : line.text).join('')
  return withPresent({ lines, ours, options }, wanted)
}

interface Found {
  readonly lines: readonly InterfacesLine[]
  readonly ours: readonly InterfacesLine[]
  readonly options: readonly InterfacesLine[]
}

function withPresent({ lines, ours, options }: Found, { option, value = '' }: WantedOption): string {
  const last = options.at(-1)
  const isAdded = last === undefined || REPEATABLE.includes(option)
  if (options.some((line) => line.value === value) && (isAdded || last.value === value)) return lines.map((line) => line.text).join('')
  if (!isAdded) return lines.map((line) => line === last ? withValue(line, value) : line.text).join('')
  const place = last ?? ours.at(-1)
  const hasOptions = ours.some((line) => line.kind === 'option')
  return lines.map((line) => line === place ? `${closed(line.text)}${indentOf(line.text)}${hasOptions ? '' : '    '}${option} ${value}${endOf(line.text)}` : line.text).join('')
}

function withMethod(line: InterfacesLine, value: string): string {
  return line.value === value ? line.text : `${bare(line.text).slice(0, bare(line.text).lastIndexOf(line.value))}${value}${endOf(line.text)}`
}

/** Only the value's own words change: blanks before and after stay. */
function withValue({ text, value: old, option = '' }: InterfacesLine, value: string): string {
  const start = text.indexOf(option) + option.length
  const at = old === '' ? start : text.indexOf(old, start)
  return `${text.slice(0, at)}${old === '' ? ' ' : ''}${value}${text.slice(at + old.length)}`
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? ''
}

function endOf(line: string): string {
  return line.slice(line.trimEnd().length)
}

function closed(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n`
}
