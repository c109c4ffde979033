#!/bin/bash
# firstbox.sh: the platform's own code makes node lists and packages from settings and variables. Nothing is installed here: the zone's layer is.
set -euo pipefail
chmod 755 /pitrix/bin/* /pitrix/build/*.py /pitrix/upgrade/*.sh
/pitrix/bin/gen_node_list.py
PYTHONPATH=/pitrix/lib PYTHONDONTWRITEBYTECODE=1 python3 -c '
from pitrix_packages import PACKAGES, build, write_index
for package in sorted(PACKAGES):
    build(package)
write_index()'
