#!/bin/sh
echo "script $1 on $(hostname)"
[ -n "$2" ] && exit "$2"
exit 0
