import type { Callback } from './callback.ts'

/** `timer`: how long the run took. */
export const timer: Callback = ({ say }) => {
  const started = performance.now()
  return {
    report(event) {
      if (event.kind === 'run-ended') say(`Playbook run took ${durationText(Math.floor((performance.now() - started) / 1000))}`)
    },
    close: () => Promise.resolve(),
  }
}

function durationText(seconds: number): string {
  return `${Math.floor(seconds / 86_400)} days, ${Math.floor(seconds / 3600) % 24} hours, ${Math.floor(seconds / 60) % 60} minutes, ${seconds % 60} seconds`
}
