/** Paths whose contents change although nobody changed anything. */
export function isVolatile(path: string): boolean {
  return volatile.some((pattern) => pattern.test(path)) || (dataFolder.test(path) && !clusterConfiguration.test(path))
}

const volatile = [
  /^\/(?:run|proc|sys|dev|tmp|lab|\.oldroot)(?:\/|$)/,
  /^\/var\/(?:log|tmp|run)(?:\/|$)/,
  /^\/var\/cache\//,
  /^\/var\/lib\/(?:apt\/lists|urandom|logrotate|ucf|haproxy|sudo)(?:\/|$)/,
  /^\/var\/lib\/dpkg\/(?:lock|.*-old$|triggers\/Lock)/,
  /^\/etc\/(?:ld\.so\.cache|\.pwd\.lock|mtab)$/,
  /\/__pycache__(?:\/|$)/,
  /\/\.(?:ansible|tsplay)(?:\/|$)/,
]

/** Clusters are compared by their rows. */
const dataFolder = /^\/(?:backup|pitrix|opt|var\/lib)\/.*postgresql.*\/(?:main|data)[^/]*\/./
const clusterConfiguration = /\/(?:main|data)[^/]*\/(?:PG_VERSION|postgresql(?:\.auto)?\.conf|pg_hba\.conf|pg_ident\.conf|standby\.signal)$/
