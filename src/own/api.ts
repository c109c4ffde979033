/** What `import ... from 'tsplay'` gives to modules of people's own. */
export { defineAction, defineModule } from '../module/define-module.ts'
export { ModuleFailure } from '../module/module.ts'
