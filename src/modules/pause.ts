import { defineAction } from '../module/define-module.ts'
import { pythonTime } from './system/timing.ts'

/** `ansible.builtin.pause`: waits for a time or for a person. */
export const pause = defineAction({
  name: 'pause',
  summary: 'Wait for a time, or for a person.',
  where: 'controller',
  check: 'run',
  args: {
    seconds: { type: 'float', description: 'How long.' },
    minutes: { type: 'float', description: 'How long.' },
    prompt: { type: 'str', description: 'What to show or ask.' },
    echo: { type: 'bool', default: true, description: 'Whether what is typed is shown.' },
  },
  constraints: { exclusive: [['seconds', 'minutes']] },
  examples: [
    { name: 'Give caches time', args: { seconds: 5 } },
    { name: 'Ask before going on', args: { prompt: 'Is the old region drained? Enter to go on' } },
  ],
  run: async ({ seconds, minutes, prompt, echo }, { controller }) => {
    const limit = seconds ?? (minutes === undefined ? undefined : minutes * 60)
    const start = new Date()
    const input = await controller.prompt({
      text: prompt ?? (limit === undefined ? 'Press enter to continue, Ctrl+C to interrupt' : `Pausing for ${limit} seconds`),
      echo,
      ...limit === undefined ? {} : { seconds: Math.max(limit, 0) },
    })
    const stop = new Date()
    const elapsed = (stop.getTime() - start.getTime()) / 1000
    const shown = minutes === undefined ? `${elapsed.toFixed(2)} seconds` : `${(elapsed / 60).toFixed(2)} minutes`
    return {
      changed: false,
      fields: { rc: 0, stdout: `Paused for ${shown}`, stderr: '', start: pythonTime(start), stop: pythonTime(stop), delta: Math.floor(elapsed), echo, user_input: input },
    }
  },
})
