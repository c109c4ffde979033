const ROLE_FILES = ['tasks_from', 'vars_from', 'defaults_from', 'handlers_from']
const ROLE = ['name', 'role', ...ROLE_FILES, 'allow_duplicates', 'public', 'rolespec_validate']

/** What the tasks that steer a run take: the engine or the loader does them, so no module says it. */
export const CONTROL_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  include_tasks: ['file', 'apply', '_raw_params'],
  import_tasks: ['file', '_raw_params'],
  include_role: [...ROLE, 'apply'],
  import_role: ROLE,
  meta: ['free_form', '_raw_params'],
}

/** What `meta` can do. */
export const META_ACTIONS = [
  'clear_facts', 'clear_host_errors', 'end_batch', 'end_host', 'end_play', 'end_role', 'flush_handlers', 'noop', 'refresh_inventory', 'reset_connection',
] as const
