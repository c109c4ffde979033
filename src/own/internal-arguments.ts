import type { Config } from '../config/config.ts'
import type { TaskTraits } from '../module/controller.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { hostSetting } from '../module/host-setting.ts'

export interface InternalArgumentsOf {
  readonly config: Config
  readonly task: TaskTraits
  /** Name of the module. */
  readonly name: string
  /** Of ansible-core. */
  readonly version: string
  readonly verbosity: number
}

/** What Ansible tells every module besides its arguments. */
export function internalArguments({ config, task, name, version, verbosity }: InternalArgumentsOf): JsonObject {
  const setting = (setting: Parameters<typeof hostSetting>[0]): Json => hostSetting(setting, { config, task }) as Json ?? null
  return {
    _ansible_check_mode: task.check,
    _ansible_no_log: task.noLog || setting('DEFAULT_NO_TARGET_SYSLOG'),
    _ansible_debug: setting('DEFAULT_DEBUG'),
    _ansible_diff: task.diff,
    _ansible_verbosity: verbosity,
    _ansible_version: version,
    _ansible_module_name: name,
    _ansible_syslog_facility: task.variable('ansible_syslog_facility') ?? setting('DEFAULT_SYSLOG_FACILITY'),
    _ansible_selinux_special_fs: setting('DEFAULT_SELINUX_SPECIAL_FS'),
    _ansible_string_conversion_action: setting('STRING_CONVERSION_ACTION'),
    _ansible_socket: task.variable('ansible_socket') ?? null,
    _ansible_shell_executable: '/bin/sh',
    _ansible_keep_remote_files: setting('DEFAULT_KEEP_REMOTE_FILES'),
    _ansible_tmpdir: null,
    _ansible_remote_tmp: setting('shell.sh.remote_tmp'),
    _ansible_ignore_unknown_opts: false,
    _ansible_target_log_info: setting('TARGET_LOG_INFO'),
    _ansible_tracebacks_for: [],
  }
}
