import type { Module } from '../module/module.ts'
import * as modules from './every-module.ts'

/** Every module there is, in alphabetical order. */
export const MODULES: readonly Module[] = Object.values(modules)
