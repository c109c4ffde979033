#!/usr/bin/python3
import json
args = json.loads('''<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>''')
if args.get('fail'):
    print(json.dumps({'failed': True, 'msg': args['fail'], 'extra': 1}))
else:
    print(json.dumps({'changed': True, 'doubled': args['number'] * 2, 'ansible_facts': {'from_replaced': args['number']}}))
