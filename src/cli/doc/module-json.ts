import type { Argument, ArgumentSpec } from '../../module/argument-spec.ts'
import type { Described } from './controls.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { behaviourSentences, constraintSentences, examplesText } from './module-facts.ts'

/** A module as `ansible-doc --json` tells it, for editors and other programs. */
export function moduleJson(module: Described): JsonObject {
  const { name, aliases = [], summary, args, constraints = {} } = module
  return {
    doc: {
      module: name, plugin_name: aliases.find((alias) => alias.split('.').length > 2) ?? `ansible.builtin.${name}`, aliases, short_description: summary,
      description: [summary, ...constraintSentences(constraints, plain)], notes: behaviourSentences(module, plain),
      options: optionsOf(args),
    },
    examples: examplesText(module), return: null, metadata: null,
  }
}

const plain = (text: string): string => text

function optionsOf(spec: ArgumentSpec): JsonObject {
  return Object.fromEntries(Object.entries(spec).map(([name, argument]) => [name, optionOf(argument)]))
}

function optionOf({ type, elements, required = false, default: preset, choices, aliases, description, secret, options }: Argument): JsonObject {
  const facts: Record<string, Json | undefined> = {
    type, description: [description], required, elements, default: preset as Json | undefined, choices, aliases, no_log: secret,
    suboptions: options === undefined ? undefined : optionsOf(options),
  }
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}
