/** A stand-in for an installed ansible-core, small and our own: what a module in Python needs of it to take arguments and give a result. */
export const SMALL_CORE: Readonly<Record<string, string>> = {
  'core/ansible/__init__.py': '',
  'core/ansible/release.py': "__version__ = '2.19.0'\n",
  'core/ansible/config/ansible_builtin_runtime.yml': "plugin_routing:\n  modules:\n    old_name:\n      redirect: our.own.renamed\n  module_utils:\n    moved:\n      redirect: our.own.arrived\n",
  'core/ansible/module_utils/__init__.py': '',
  'core/ansible/module_utils/common/__init__.py': '',
  'core/ansible/module_utils/common/parameters.py': "PASS_VARS = {\n    'check_mode': ('check_mode', False),\n    'diff': ('_diff', False),\n    'remote_tmp': ('_remote_tmp', None),\n}\n",
  'core/ansible/module_utils/basic.py': `
import json, sys
from ansible.module_utils.common.parameters import PASS_VARS
_ANSIBLE_ARGS = None
_ANSIBLE_PROFILE = None

class AnsibleModule(object):
    def __init__(self, argument_spec, supports_check_mode=False):
        given = json.loads(_ANSIBLE_ARGS.decode('utf-8'))['ANSIBLE_MODULE_ARGS']
        self.internal = dict((name, value) for name, value in given.items() if name.startswith('_ansible_'))
        self.params = dict((name, given.get(name, spec.get('default'))) for name, spec in argument_spec.items())
        self.check_mode = self.internal['_ansible_check_mode']
        strange = [name for name in given if name not in argument_spec and name.replace('_ansible_', '') not in PASS_VARS]
        if strange:
            self.fail_json(msg='Unsupported parameters: ' + ', '.join(strange))
        if self.check_mode and not supports_check_mode:
            self.exit_json(skipped=True, msg='remote module does not support check mode')

    def exit_json(self, **result):
        result['invocation'] = {'module_args': self.params}
        print(json.dumps(result))
        sys.exit(0)

    def fail_json(self, **result):
        print(json.dumps(dict(result, failed=True)))
        sys.exit(1)
`,
}
