#!/bin/bash
# zone.sh: installs the configuration packages that the zone's firstbox has built; they were put into /lab/packages.
set -euo pipefail
dpkg -i /lab/packages/*.deb >/dev/null
rm -rf /lab/packages
