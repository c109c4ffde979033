#!/bin/bash
# install_package.sh DEB: installs it on the firstbox itself, unless it is there already
set -e
package=$(dpkg-deb -f "$1" Package) version=$(dpkg-deb -f "$1" Version)
[ "$(dpkg-query -W -f '${Version} ${db:Status-Status}' "$package" 2>/dev/null)" = "$version installed" ] || dpkg -i "$1" >/dev/null
