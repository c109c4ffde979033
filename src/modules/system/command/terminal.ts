import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Effects } from '../../../remote/write.ts'
import { quote } from '../../../text/shell-quote.ts'

/** What to type once a pattern shows; output as Latin-1. */
export interface Reply {
  readonly pattern: RegExp
  /** Gets what was put out since the answer before. */
  readonly answer: (output: Buffer) => string
}

export interface Conversation {
  readonly script: string
  readonly directory: string | undefined
  readonly echo: boolean
  /** Greatest time without an answer to give. */
  readonly seconds: number
  readonly replies: readonly Reply[]
  readonly effects: Effects | undefined
}

export interface Conversed {
  readonly output: Buffer
  /** Undefined when it took too long. */
  readonly status: number | undefined
}

/** Runs a program at a terminal of its own and answers it. The terminal is made by `script`; its output goes to a file that is read as it grows. */
export async function converse(conversation: Conversation, remote: Remote): Promise<Conversed> {
  const folder = await start(conversation, remote)
  try {
    return await answerAll(conversation, { folder, remote })
  } finally {
    await remote.exec({ script: `kill $(cat ${folder}/pid) 2>/dev/null; rm -rf -- ${folder}` }, conversation.effects)
  }
}

async function start({ script, directory, echo, effects }: Conversation, remote: Remote): Promise<string> {
  const command = `stty ${echo ? 'echo' : '-echo'}; ${script}`
  const { status, stdout, stderr } = await remote.exec({
    ...directory === undefined ? {} : { directory },
    script: `command -v script >/dev/null || { echo 'Failed to find required executable "script", which gives programs a terminal' >&2; exit 127; }
d=$(mktemp -d) && mkfifo "$d/in" && : >"$d/out" || exit
( SHELL=/bin/sh script -q -e -f -c ${quote(command)} /dev/null <>"$d/in" >"$d/out" 2>&1 & echo $! >"$d/pid"; wait $!; echo $? >"$d/end"; mv "$d/end" "$d/status" ) </dev/null >/dev/null 2>&1 &
echo "$d"`,
  }, effects)
  if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim() || 'Cannot start a terminal', { rc: status })
  return quote(stdout.toString('utf8').trim())
}

interface Terminal {
  readonly folder: string
  readonly remote: Remote
}

async function answerAll({ seconds, replies, effects }: Conversation, { folder, remote }: Terminal): Promise<Conversed> {
  let output = Buffer.alloc(0)
  let answered = 0
  for (let since = Date.now(); ;) {
    const reply = nextReply(output.subarray(answered), replies)
    if (reply !== undefined) {
      answered += reply.end
      await remote.exec({ script: `cat >${folder}/in`, stdin: Buffer.from(reply.text) }, effects)
      since = Date.now()
      continue
    }
    const { more, status } = await grown(output.length, { folder, remote })
    output = Buffer.concat([output, more])
    if (status !== undefined) return { output, status }
    if (more.length === 0 && Date.now() - since > seconds * 1000) return { output, status: undefined }
  }
}

/** The answer to what shows first. */
function nextReply(output: Buffer, replies: readonly Reply[]): { readonly text: string, readonly end: number } | undefined {
  const text = output.toString('latin1')
  const found = replies.flatMap(({ pattern, answer }) => {
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    return match === null ? [] : [{ at: match.index, end: match.index + match[0].length, answer }]
  }).sort((left, right) => left.at - right.at)[0]
  return found === undefined ? undefined : { text: found.answer(output), end: found.end }
}

/** What was put out after so many bytes; waits up to half a second for some. */
async function grown(known: number, { folder, remote }: Terminal): Promise<{ readonly more: Buffer, readonly status: number | undefined }> {
  const { stdout, stderr } = await remote.exec({
    script: `i=0
while [ "$i" -lt 25 ] && [ ! -e ${folder}/status ] && [ "$(wc -c <${folder}/out)" -le ${known} ]; do sleep 0.02; i=$((i+1)); done
[ -e ${folder}/status ] && cat ${folder}/status >&2
tail -c +${known + 1} ${folder}/out`,
  }, {})
  const status = stderr.toString('utf8').trim()
  return { more: stdout, status: /^\d+$/.test(status) ? Number(status) : undefined }
}
