#!/bin/sh
# WANT_JSON
echo 'this is no JSON'; echo complaint >&2; exit 3
