import type { Change } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { Foretold } from '../../../remote/write.ts'
import { quote } from '../../../text/shell-quote.ts'
import type { JsonObject } from '../../../value/value.ts'
import { clockProbe, type ClockState } from './clock-probe.ts'

/** Sets what differs; what was done is the task's message. */
export async function applyClock(asked: string | undefined, { before, after }: Change<ClockState>, remote: Remote): Promise<JsonObject> {
  const isService = after.manager === 'timedatectl'
  const steps = [
    ...after.name === before.name || after.name === 'n/a' ? [] : [{
      summary: `Set the time zone to ${after.name}`, foretold: zoneFiles(after.name, remote),
      script: isService ? `timedatectl set-timezone ${quote(after.name)}` : zoneScript(after.name),
    }],
    ...after.hwclock === before.hwclock ? [] : [{
      summary: `Set the hardware clock to ${after.hwclock}`,
      script: isService ? `timedatectl set-local-rtc ${after.hwclock === 'local' ? 'yes' : 'no'}` : hardwareScript(after.hwclock),
    }],
  ]
  for (const { summary, script, ...more } of steps) {
    await remote.write({
      summary,
      command: { script },
      effects: { keys: ['timezone:*', 'facts:*', 'clock'], paths: 'foretold' in more ? [] : ['/etc/adjtime', '/etc/default/rcS'], predictions: [{ probe: clockProbe(asked), answer: after }] },
      ...more,
    })
  }
  return { msg: steps.map(({ summary, script }) => isService ? `executed \`${script}\`` : summary).join('\n') }
}

/** The link is made anew; the name is written to where it stands, and on Debian in any case. */
function zoneFiles(name: string, remote: Remote): Foretold {
  return {
    paths: ['/etc/localtime', '/etc/timezone'],
    write: async (files) => {
      const [named, debian] = await Promise.all([remote.stat('/etc/timezone'), remote.stat('/usr/sbin/dpkg-reconfigure')])
      await files.makeSymbolicLink('/etc/localtime', `/usr/share/zoneinfo/${name}`)
      if (named !== undefined || debian !== undefined) await files.writeFile('/etc/timezone', `${name}\n`)
    },
  }
}

/** Debian keeps the name in a file too, and in the answers of tzdata. */
function zoneScript(name: string): string {
  const zone = quote(`/usr/share/zoneinfo/${name}`)
  return `if command -v setup-timezone >/dev/null && [ ! -d /usr/share/zoneinfo ]; then setup-timezone -z ${quote(name)}; else ln -sf ${zone} /etc/localtime; fi || exit
if [ -f /etc/timezone ] || command -v dpkg-reconfigure >/dev/null; then printf '%s\\n' ${quote(name)} >/etc/timezone; fi || exit
if command -v dpkg-reconfigure >/dev/null; then dpkg-reconfigure --frontend noninteractive tzdata >/dev/null 2>&1; fi; :`
}

function hardwareScript(clock: string): string {
  const [option, word] = clock === 'local' ? ['--localtime', 'no'] : ['--utc', 'yes']
  return `hwclock --systohc ${option} || exit
if [ -f /etc/default/rcS ]; then if grep -q '^UTC *=' /etc/default/rcS; then sed -i 's/^UTC *=.*/UTC=${word}/' /etc/default/rcS; else printf 'UTC=${word}\\n' >>/etc/default/rcS; fi; fi`
}
