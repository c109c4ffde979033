/** How a task went on a host, as a test case. */
export interface TestCase {
  readonly name: string
  readonly classname: string | undefined
  readonly seconds: number
  readonly output?: string
  readonly skipped?: string
  readonly failure?: { readonly message: string, readonly output: string }
}

/** Test cases in the XML that JUnit writes and CI servers read. */
export function testSuiteXml(name: string, cases: readonly TestCase[]): string {
  const counts = { disabled: 0, errors: 0, failures: cases.filter(({ failure }) => failure !== undefined).length }
  const tests = cases.length
  const skipped = cases.filter((each) => each.skipped !== undefined).length
  const time = cases.reduce((sum, { seconds }) => sum + seconds, 0)
  return [
    '<?xml version="1.0" ?>',
    `<testsuites${attributes({ ...counts, tests, time })}>`,
    `\t<testsuite${attributes({ ...counts, name, skipped, tests, time })}>`,
    ...cases.map(caseXml),
    '\t</testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseXml({ name, classname, seconds, output, skipped, failure }: TestCase): string {
  const content = [
    ...failure ? [`<failure${attributes({ message: failure.message, type: 'failure' })}>${escaped(failure.output)}</failure>`] : [],
    ...skipped === undefined ? [] : [`<skipped>${escaped(skipped)}</skipped>`],
    ...output === undefined ? [] : [`<system-out>${escaped(output)}</system-out>`],
  ]
  const start = `\t\t<testcase${attributes({ ...classname !== undefined && { classname }, name, time: seconds })}`
  return content.length === 0 ? `${start}/>` : [`${start}>`, ...content.map((line) => `\t\t\t${line}`), '\t\t</testcase>'].join('\n')
}

function attributes(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields).map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML cannot hold at all become the one that stands for such. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character).replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
