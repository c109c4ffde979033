#!/usr/bin/env python3
"""gen_node_list.py: settings -> /pitrix/conf/nodes/GROUP."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, '/pitrix/lib')
from pitrix_conf import CONF, groups  # noqa: E402


def main():
    folder = f'{CONF}/nodes'
    os.makedirs(folder, exist_ok=True)
    wanted = groups()
    for name in set(os.listdir(folder)) - set(wanted):
        os.unlink(f'{folder}/{name}')
    for name, nodes in wanted.items():
        content = f"nodes=( {''.join(f'{node} ' for node in nodes)});\n"
        path = f'{folder}/{name}'
        if not os.path.exists(path) or open(path).read() != content:
            with open(path, 'w') as stream:
                stream.write(content)


main()
