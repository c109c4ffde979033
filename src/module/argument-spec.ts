import type { Json } from '../value/value.ts'

/** One argument of a module. Types, validation, `tsplay doc` and editor schemas all derive from this. */
export interface Argument {
  readonly type: ArgumentType
  readonly description: string
  readonly required?: boolean
  readonly default?: Json
  readonly choices?: readonly (string | number | boolean)[]
  readonly aliases?: readonly string[]
  /** Type of a list's elements. */
  readonly elements?: ArgumentType
  /** Arguments of a dict, or of a list's dicts. */
  readonly options?: ArgumentSpec
  /** Never shown, logged or journalled. */
  readonly secret?: boolean
  /** Keys of a dict whose values are never shown, where the dict takes any. */
  readonly secretKeys?: readonly string[]
  /** What is said of a list or dict, where that is not taken as the text that Python prints for it. */
  readonly textOnly?: string
  /** Left out where the arguments of a task are shown, since it may hold secrets; where it went may be seen. */
  readonly unshown?: boolean
}

/** `path` expands `~` and variables on the host's side as Ansible does; `json` takes structured data or text; `raw` takes anything. */
export type ArgumentType = 'str' | 'bool' | 'int' | 'float' | 'list' | 'dict' | 'path' | 'raw' | 'json' | 'bytes' | 'bits'

export type ArgumentSpec = { readonly [name: string]: Argument }

/** What a module receives: optional arguments without a default may be undefined. */
export type ArgumentsOf<Spec extends ArgumentSpec> = {
  readonly [Name in keyof Spec]: Spec[Name] extends { readonly required: true } | { readonly default: Json }
    ? ValueOf<Spec[Name]>
    : ValueOf<Spec[Name]> | undefined
}

type ValueOf<Arg extends Argument> = Arg extends { readonly choices: readonly (infer Choice)[] }
  ? Arg['type'] extends 'list' ? readonly Choice[] : Choice
  : Arg['type'] extends 'list' ? readonly ElementOf<Arg>[]
    : Arg['type'] extends 'dict' ? DictOf<Arg> : ScalarOf<Arg['type']>

type ElementOf<Arg extends Argument> = Arg extends { readonly elements: infer Element extends ArgumentType }
  ? Element extends 'dict' ? DictOf<Arg> : ScalarOf<Element>
  : Json

type DictOf<Arg extends Argument> = Arg extends { readonly options: infer Spec extends ArgumentSpec }
  ? ArgumentsOf<Spec>
  : { readonly [key: string]: Json }

type ScalarOf<Type extends ArgumentType> = Type extends 'str' | 'path' ? string
  : Type extends 'bool' ? boolean
    : Type extends 'int' | 'float' | 'bytes' | 'bits' ? number
      : Json
