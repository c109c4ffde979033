import type { Module } from '../module/module.ts'

/** Every module there is, in alphabetical order: the only registry. */
export const MODULES: readonly Module[] = [
]
