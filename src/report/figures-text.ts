import type { RunFigures } from '../run/run-event.ts'

/** One line: how long a run took and what it cost. */
export function figuresText(figures: RunFigures): string {
  const parts = [
    `${figures.seconds.toFixed(1)} s`,
    plural(figures.tasks, 'task result'),
    plural(figures.roundTrips, 'round trip'),
    `${bytesText(figures.bytesSent)} sent`,
    `${bytesText(figures.bytesReceived)} received`,
  ]
  return parts.join(' · ')
}

/** `1 host`, `3 hosts`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
