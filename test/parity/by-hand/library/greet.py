#!/usr/bin/python
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.greetings import greeting


def main():
    module = AnsibleModule(
        argument_spec=dict(
            name=dict(required=True, type='str', aliases=['who']), loud=dict(type='bool', default=False), times=dict(type='int', default=1),
            path=dict(type='path'), style=dict(choices=['plain', 'fancy'], default='plain'), secret=dict(no_log=True),
            more=dict(type='list', elements='dict', options=dict(key=dict(required=True), value=dict(type='float', default=1.5))),
        ),
        supports_check_mode=True, mutually_exclusive=[['loud', 'secret']], required_if=[['style', 'fancy', ['path']]], add_file_common_args=True,
    )
    text = greeting(module.params['name'], module.params['loud'])
    before = ''
    if module.params['path']:
        try:
            before = open(module.params['path']).read()
        except IOError:
            pass
    changed = bool(module.params['path']) and before != text
    if changed and not module.check_mode:
        open(module.params['path'], 'w').write(text)
    if module.params['path'] and not (module.check_mode and changed):
        changed = module.set_fs_attributes_if_different(module.load_file_common_arguments(module.params), changed)
    if module.params['times'] > 3:
        module.fail_json(msg='too often', times=module.params['times'])
    if module.params['style'] == 'fancy':
        module.warn('fancy is loud')
    module.exit_json(changed=changed, text=[text] * module.params['times'], more=module.params['more'], secret=module.params['secret'], diff=dict(before=before, after=text), host=module.run_command(['hostname'])[1])


if __name__ == '__main__':
    main()
