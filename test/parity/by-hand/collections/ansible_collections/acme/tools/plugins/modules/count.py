#!/usr/bin/python
from __future__ import absolute_import, division, print_function

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.text.converters import to_text
from ansible_collections.acme.tools.plugins.module_utils.counting import counted
from ..module_utils import counting


def main():
    module = AnsibleModule(argument_spec=dict(words=dict(type='list', elements='str', required=True)), supports_check_mode=False)
    module.exit_json(changed=False, counted=counted(module.params['words']), same=counting.counted is counted, first=to_text(module.params['words'][0]))


if __name__ == '__main__':
    main()
