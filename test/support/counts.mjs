// node counts.mjs REPORT.json: how many tests of vitest's JSON report passed and failed, on standard output;
// which failed, a line each with the first lines of why, on standard error.
import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const shown = 6
const width = 300

/** The first lines of a failure, without colours and without its places in the code. */
function reasonOf(messages) {
  const lines = stripVTControlCharacters(messages.join('\n')).split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
  return lines.slice(0, shown).map((line) => `    ${line.slice(0, width)}`).join('\n')
}

const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'))
for (const file of broken) console.error(`FAILED: ${file.name}\n${reasonOf([file.message])}`)
for (const file of report.testResults) {
  for (const test of file.assertionResults.filter(({ status }) => status === 'failed')) console.error(`FAILED: ${test.fullName}\n${reasonOf(test.failureMessages)}`)
}
console.log(report.numPassedTests, report.numFailedTests + broken.length)
