import type { Module } from '../module/module.ts'
import { command } from './command.ts'
import { raw } from './raw.ts'
import { script } from './script.ts'
import { shell } from './shell.ts'

/** Every module there is, in alphabetical order: the only registry. */
export const MODULES: readonly Module[] = [
  command, raw, script, shell,
]
