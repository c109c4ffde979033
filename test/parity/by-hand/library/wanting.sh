#!/bin/bash
# WANT_JSON: the arguments are a file of JSON, which Python reads here.
python3 - "$1" <<'P'
import json, sys
args = json.load(open(sys.argv[1]))
own = {name: value for name, value in args.items() if not name.startswith('_ansible')}
print(json.dumps({'changed': False, 'check': args.get('_ansible_check_mode'), 'given': own}))
P
