#!/bin/sh
echo "script $1"; [ -e /srv/by-script ] || touch /srv/by-script
