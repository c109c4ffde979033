#!/usr/bin/env python3
"""build_pkgs.py -p PKG: builds one package into the repository."""
import argparse
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, '/pitrix/lib')
from pitrix_packages import PACKAGES, build, refresh_own_hosts, write_index  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('-p', dest='package', required=True, choices=sorted(PACKAGES))
    package = parser.parse_args().package
    deb = build(package)
    write_index()
    if package == 'pitrix-hosts':
        refresh_own_hosts(deb)
    print(f'built {deb}')


main()
