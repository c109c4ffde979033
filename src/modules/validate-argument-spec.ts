import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import { fromJson } from '../value/json.ts'
import type { JsonObject, Value } from '../value/value.ts'
import { readOptions, SpecError, type Options } from './argument-spec/option.ts'
import { validateArguments } from './argument-spec/validate.ts'

/** `ansible.builtin.validate_argument_spec`: checks variables against an argument spec. */
export const validateArgumentSpec = defineAction({
  name: 'validate_argument_spec',
  summary: 'Check variables against an argument spec.',
  where: 'controller',
  check: 'run',
  args: {
    argument_spec: { type: 'dict', required: true, description: 'The spec: options by name, each with type, required, default, choices, elements, options.' },
    provided_arguments: { type: 'dict', default: {}, description: 'Values that count before the variables of the same name.' },
    validate_args_context: { type: 'dict', default: {}, description: 'What is checked; goes into the result as it is.' },
  },
  examples: [{
    name: 'The port is a number',
    args: { argument_spec: { port: { type: 'int', required: true } }, provided_arguments: { port: 80 } },
  }],
  run: async (args, { controller }): Promise<ModuleResult> => {
    const { argument_spec: spec, provided_arguments: provided, validate_args_context: context } = args
    const options = optionsOf(spec)
    const problems = validateArguments(options, new Map([...variablesOf(options, (name) => controller.value(name)), ...given(provided)]))
    if (problems.length === 0) return { changed: false, msg: 'The arg spec validation passed', fields: { validate_args_context: context } }
    return {
      changed: false,
      failed: true,
      msg: `Validation of arguments failed:\n${problems.join('\n')}`,
      fields: { argument_errors: problems, argument_spec_data: spec, validate_args_context: context },
    }
  },
})

function optionsOf(spec: JsonObject): Options {
  try {
    return readOptions(fromJson(spec))
  } catch (error) {
    if (error instanceof SpecError) throw new ModuleFailure(`Cannot read the argument spec: ${error.message}`)
    throw error
  }
}

function variablesOf(options: Options, valueOf: (name: string) => Value | undefined): readonly (readonly [string, Value])[] {
  return [...options.keys()].flatMap((name) => {
    const value = valueOf(name)
    return value === undefined ? [] : [[name, value] as const]
  })
}

function given(provided: JsonObject): readonly (readonly [string, Value])[] {
  return Object.entries(provided).map(([name, value]) => [name, fromJson(value)])
}
