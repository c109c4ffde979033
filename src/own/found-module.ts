/** A file that is a module. */
export interface FoundModule {
  /** As people call it: `greet`, `community.general.ini_file`. */
  readonly name: string
  /** As Python knows it: `ansible.modules.greet`. */
  readonly fullName: readonly string[]
  readonly path: string
  readonly content: Buffer
}
