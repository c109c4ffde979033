/** A pipe of two shell commands that fails when either side does: POSIX sh has no pipefail. */
export function failingPipe(left: string, right: string): string {
  return `( { s=$( { { ${left}; echo $? >&3; } | { ${right}; } >&4; } 3>&1 ); r=$?; } 4>&1; [ "$s" = 0 ] || exit "$s"; exit "$r" )`
}
