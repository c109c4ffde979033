import manifest from '../../package.json' with { type: 'json' }

/** The version of this program, from package.json. */
export const version: string = manifest.version

/** What `--version` prints; for those who call it by an Ansible name, first the version of Ansible's language, which tools look for. */
export function versionText(program: string | undefined): string {
  return program === undefined ? `tsplay ${version}\n` : `${program} [core 2.19.0]\n  tsplay version = ${version}\n`
}
