/** What an init script's `status` answered. */
export interface InitStatus {
  readonly name: string
  readonly status: number
  readonly said: string
}

/** Whether that means running. Many scripts answer with the wrong status but the right words, so one line of words counts first. */
export function isRunningByStatus({ name, status, said }: InitStatus): boolean {
  const words = said.trim().toLowerCase().replaceAll(name.toLowerCase(), '')
  return (words.includes('\n') ? undefined : byWords(words)) ?? status === 0
}

function byWords(words: string): boolean | undefined {
  if (/stop|dead|could not access pid ?file/.test(words)) return false
  if (words.includes('run')) return !/\bnot /.test(words)
  if (words.includes('start') && !/\bnot /.test(words)) return true
  return undefined
}
