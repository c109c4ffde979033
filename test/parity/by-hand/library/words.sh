#!/bin/sh
# Arguments as key=value words in a file.
. "$1"
printf '{"changed": %s, "path": "%s", "said": "%s"}\n' "$([ -e "$path" ] && echo false || echo true)" "$path" "$(cat "$path" 2>/dev/null || echo new)"
[ -e "$path" ] || printf '%s\n' "$text" >"$path"
