/** An account as the host knows it. */
export interface UserState {
  readonly name: string
  readonly uid: number
  readonly gid: number
  /** Name of the primary group. */
  readonly group: string
  /** Names of the other groups, sorted. */
  readonly groups: readonly string[]
  readonly comment: string
  readonly home: string
  readonly shell: string
  readonly homeExists: boolean
  /** A digest of what /etc/shadow holds: never the thing itself. Absent where it cannot be read. */
  readonly passwordDigest?: string
  readonly locked?: boolean
  /** Days since the epoch; null is never. */
  readonly expires?: number | null
  readonly minDays?: number | null
  readonly maxDays?: number | null
  readonly warnDays?: number | null
  /** Days that an expired password is still good for. */
  readonly inactiveDays?: number | null
}
