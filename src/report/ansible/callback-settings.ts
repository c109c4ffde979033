import type { Config } from '../../config/config.ts'
import { shortCallbackName } from '../callbacks/callback.ts'

/** How results are written. */
export interface ResultForm {
  readonly format: 'json' | 'yaml'
  /** Undefined: as suits the format. */
  readonly pretty: boolean | undefined
}

/** What people can choose of the default callback. */
export interface CallbackSettings extends ResultForm {
  readonly showsSkipped: boolean
  readonly showsOk: boolean
  readonly failuresToStderr: boolean
  readonly customStats: boolean
  readonly hostStarts: boolean
  readonly checkMarkers: boolean
  readonly pathOnFailure: boolean
  /** In headings of tasks. */
  readonly showsArguments: boolean
  readonly diffContext: number
  /** Bytes of a file that differences are shown of. */
  readonly largestDiff: number
}

/** The settings of the callback that is asked for; `yaml` and `debug` are the default one in another form. */
export function callbackSettings(config: Config): CallbackSettings {
  const name = shortCallbackName(config.get('DEFAULT_STDOUT_CALLBACK'))
  return {
    showsSkipped: name !== 'skippy' && config.get('callback.default.display_skipped_hosts'),
    showsOk: config.get('callback.default.display_ok_hosts'),
    failuresToStderr: config.get('callback.default.display_failed_stderr'),
    customStats: config.get('callback.default.show_custom_stats'),
    hostStarts: config.get('callback.default.show_per_host_start'),
    checkMarkers: config.get('callback.default.check_mode_markers'),
    pathOnFailure: config.get('callback.default.show_task_path_on_failure'),
    showsArguments: config.get('DISPLAY_ARGS_TO_STDOUT'),
    diffContext: config.get('DIFF_CONTEXT'),
    largestDiff: config.get('MAX_FILE_SIZE_FOR_DIFF'),
    format: name === 'yaml' ? 'yaml' : config.get('callback.default.result_format'),
    pretty: name === 'debug' ? true : config.get('callback.default.pretty_results'),
  }
}
