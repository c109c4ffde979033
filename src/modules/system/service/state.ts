/** What is known of a service. */
export interface ServiceState {
  readonly manager: ServiceManager
  readonly exists: boolean
  readonly running: boolean
  /** Started at boot. */
  readonly enabled: boolean
  /** systemd: starting it is forbidden. */
  readonly masked: boolean
  /** systemd: its unit file is newer than what was loaded. */
  readonly stale: boolean
  /** Not systemd: what a systemd that does not run, as in a chroot, would start at boot. */
  readonly dormant?: ServiceState
  /** Of such a systemd: what looks after services in its place. */
  readonly awake?: ServiceState
  /** Properties of `systemctl show`. */
  readonly properties?: Readonly<Record<string, string>>
  /** In a wanted state: what is done besides reaching it. */
  readonly action?: 'restart' | 'reload'
  /** In a wanted state: systemd itself is executed anew. */
  readonly reexecuted?: boolean
}

export type ServiceManager = 'systemd' | 'openrc' | 'sysvinit'
