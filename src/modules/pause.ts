import { defineAction } from '../module/define-module.ts'
import type { Controller, PromptQuestion } from '../module/controller.ts'
import { floatText } from '../value/float-text.ts'
import { pythonTime } from './system/timing.ts'

/** `ansible.builtin.pause`: waits for a time or for a person. */
export const pause = defineAction({
  name: 'pause',
  summary: 'Wait for a time, or for a person.',
  where: 'controller',
  check: 'run',
  namesSupported: true,
  args: {
    seconds: { type: 'float', description: 'How long.' },
    minutes: { type: 'float', description: 'How long.' },
    prompt: { type: 'str', description: 'What to show or ask.' },
    echo: { type: 'bool', default: true, description: 'Whether what is typed is shown.' },
  },
  constraints: { exclusive: [['minutes', 'seconds']] },
  refusals: {
    seconds: "argument 'seconds' is no number, and we were unable to convert to int",
    minutes: "argument 'minutes' is no number, and we were unable to convert to int",
    echo: "argument 'echo' is not a valid boolean: yes or no is",
  },
  examples: [
    { name: 'Give caches time', args: { seconds: 5 } },
    { name: 'Ask before going on', args: { prompt: 'Is the old region drained? Enter to go on' } },
  ],
  run: async ({ seconds, minutes, prompt, echo }, { controller }) => {
    const limit = seconds ?? (minutes === undefined ? undefined : minutes * 60)
    const start = new Date()
    const isAlone = limit === undefined && !controller.isInteractive
    const input = isAlone ? '' : await controller.prompt(question({ limit, prompt, echo }, controller))
    const stop = new Date()
    const elapsed = (stop.getTime() - start.getTime()) / 1000
    const shown = seconds === undefined ? `${rounded(elapsed / 60)} minutes` : `${rounded(elapsed)} seconds`
    return {
      changed: false,
      fields: {
        rc: 0, stdout: `Paused for ${shown}`, stderr: '', start: pythonTime(start), stop: pythonTime(stop), delta: Math.floor(elapsed), echo, user_input: input,
        ...isAlone && { warnings: ['Not waiting for response to prompt as stdin is not interactive'] },
      },
    }
  },
})

/** As Python prints a fraction: `1.0`, `1.05`. */
function rounded(number: number): string {
  return floatText(Math.round(number * 100) / 100)
}

interface Pausing {
  readonly limit: number | undefined
  readonly prompt: string | undefined
  readonly echo: boolean
}

function question({ limit, prompt, echo }: Pausing, controller: Controller): PromptQuestion {
  const hidden = echo ? '' : ' (output is hidden)'
  const asked = (text: string): string => `[${controller.taskName()}]\n${text}${hidden}:`
  if (limit === undefined) return { text: `${asked(prompt ?? 'Press enter to continue, Ctrl+C to interrupt')}\n`, echo, asksToGoOn: true }
  const lines = [`Pausing for ${limit} seconds${hidden}`, HOW_TO_END, ...prompt === undefined ? [] : [asked(prompt)]]
  return { text: `${lines.join('\n')}\n`, echo: false, seconds: Math.max(limit, 0), asksToGoOn: true }
}

const HOW_TO_END = "(ctrl+C then 'C' = continue early, ctrl+C then 'A' = abort)"
