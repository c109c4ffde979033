import type { Module } from '../module/module.ts'
import { assert } from './assert.ts'
import { command } from './command.ts'
import { copy } from './copy.ts'
import { debug } from './debug.ts'
import { fail } from './fail.ts'
import { file } from './file.ts'
import { lineinfile } from './lineinfile.ts'
import { raw } from './raw.ts'
import { script } from './script.ts'
import { service } from './service.ts'
import { setFact } from './set-fact.ts'
import { setup } from './setup.ts'
import { shell } from './shell.ts'
import { slurp } from './slurp.ts'
import { stat } from './stat.ts'
import { supervisorctl } from './supervisorctl.ts'
import { template } from './template.ts'

/** Every module there is, in alphabetical order: the only registry. */
export const MODULES: readonly Module[] = [
  assert, command, copy, debug, fail, file, lineinfile, raw, script, service, setFact, setup, shell, slurp, stat, supervisorctl, template,
]
