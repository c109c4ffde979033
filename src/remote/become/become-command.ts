import { quote } from '../../text/shell-quote.ts'
import type { Become } from '../session.ts'

/** How a program is asked to run a shell as another user. */
export interface BecomeCommand {
  readonly command: string
  /** Whether the text that the program has printed so far ends in a question for the password. */
  readonly asks: (text: string) => boolean
}

export interface BecomeWords {
  /** Printed by the new shell when it is there. */
  readonly success: string
  /** A question that nothing else prints, for programs that let it be chosen. */
  readonly prompt: string
  /** What the new shell does then: sh source. */
  readonly then: string
}

/** The command lines; none holds the password, which is only ever written to stdin when it is asked for. */
const COMMANDS: Readonly<Record<Become['method'], (become: Become, words: BecomeWords) => BecomeCommand>> = {
  sudo: ({ executable = 'sudo', flags = '-H', user, password }, words) => ({
    command: `${executable} ${withoutPasswords(flags)} -S ${password === undefined ? '-n' : `-p ${quote(words.prompt)}`} -u ${quote(user)} -- /bin/sh -c ${quote(shellAfter(words))}`,
    asks: (text) => text.includes(words.prompt),
  }),
  su: ({ executable = 'su', flags = '', user }, words) => ({
    command: `${executable} ${flags} ${quote(user)} -c ${quote(shellAfter(words))}`,
    // The question cannot be chosen and may be in any language, but it ends in a colon.
    asks: (text) => /[:\uFF1A]\s*$/.test(text) && !WHO_SPEAKS.test(text),
  }),
  doas: ({ executable = 'doas', flags = '', user, password }, words) => ({
    command: `${executable} ${password === undefined ? `${flags} -n` : withoutPasswords(flags)} -u ${quote(user)} -- /bin/sh -c ${quote(shellAfter(words))}`,
    asks: (text) => /password[^\n]*:\s*$/i.test(text),
  }),
}

/** How a message of su or of the shell begins, whose rest is still on its way: `sh: 0: getcwd() failed`. */
const WHO_SPEAKS = /(?:^|\n)(?:su|\S*sh|\S*busybox):\s(?:(?:line )?\d+:\s)?$/

/** The command line that starts a shell as the user. */
export function becomeCommand(become: Become, words: BecomeWords): BecomeCommand {
  const { command, asks } = COMMANDS[become.method](become, words)
  return { command: `exec ${command}`, asks }
}

/** The same for people to read. */
export function shownBecome(become: Become): string {
  return COMMANDS[become.method](become, { success: 'BECOME-SUCCESS', prompt: 'password: ', then: 'exec /bin/sh' }).command
}

function shellAfter({ success, then }: BecomeWords): string {
  return `echo ${success}; ${then}`
}

function withoutPasswords(flags: string): string {
  return flags.split(/\s+/).filter((flag) => !ABOUT_PASSWORDS.has(flag)).join(' ')
}

const ABOUT_PASSWORDS: ReadonlySet<string> = new Set(['-n', '--non-interactive', '-S', '--stdin'])
