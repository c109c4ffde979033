import { fileURLToPath } from 'node:url'
import { programName } from '../called-as.ts'
import { versionText } from '../version.ts'
import { loadProgram } from './load-program.ts'

/** The file of the program, whose name the build fills in. */
declare const PROGRAM: string

// Asking for the version must not cost loading the program.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.write(versionText(programName(process.argv)))
} else {
  const program = loadProgram(fileURLToPath(new URL(PROGRAM, import.meta.url)))
  if (!program.isWarm) process.once('exit', () => { program.keepCode() })
  await program.runProgram(process.argv)
}
