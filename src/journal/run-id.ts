import { randomBytes } from 'node:crypto'

/** A run's name: sorts by time, and is unique: `20261122-154301-9f3a`. UTC. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replaceAll(/[-:]/g, '')
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${randomBytes(2).toString('hex')}`
}
