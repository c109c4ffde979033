#!/usr/bin/env python3
"""build_pkgs_allinone.py: builds every package into the repository."""
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, '/pitrix/lib')
from pitrix_packages import PACKAGES, build, refresh_own_hosts, write_index  # noqa: E402

built = {package: build(package) for package in sorted(PACKAGES)}
write_index()
refresh_own_hosts(built['pitrix-hosts'])
print('\n'.join(f'built {deb}' for deb in built.values()))
