import { createTreeReporter } from '../tree-reporter.ts'
import type { Callback } from './callback.ts'

/** `tree`: a file a host in a folder. */
export const tree: Callback = ({ config }) => createTreeReporter(config.get('callback.tree.directory'))
