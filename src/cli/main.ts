import { programName } from './called-as.ts'
import { versionText } from './version.ts'

// Asking for the version must not cost loading the program.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.write(versionText(programName(process.argv)))
} else {
  const { runProgram } = await import('./program.ts')
  await runProgram(process.argv)
}
