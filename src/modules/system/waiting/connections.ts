import type { Remote } from '../../../remote/remote.ts'

export interface DrainQuestion {
  readonly host: string
  readonly port: number
  readonly states: readonly string[]
  readonly exclude: readonly string[]
}

/** How many TCP connections to a port of the host are in one of the states. */
export async function countConnections({ host, port, states, exclude }: DrainQuestion, remote: Remote): Promise<number> {
  const { stdout } = await remote.exec({ script: 'cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; true' }, {})
  const wanted = new Set(states.map((state) => STATES[state.toUpperCase()]))
  const connections = stdout.toString('utf8').split('\n').map((line) => line.trim().split(/\s+/)).filter(([number = '']) => /^\d+:$/.test(number))
  return connections.filter(([, local = '', peer = '', state = '']) => {
    const [address, localPort] = endpoint(local)
    return localPort === port && wanted.has(state) && (isAny(host) || isAny(address) || address === host) && !exclude.includes(endpoint(peer)[0])
  }).length
}

/** Numbers of states in /proc/net/tcp. */
const STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: '01', SYN_SENT: '02', SYN_RECV: '03', FIN_WAIT1: '04', FIN_WAIT2: '05', TIME_WAIT: '06',
}

function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

// Addresses are in the byte order of the machine, four bytes at a time; all that Linux runs on today are little-endian here.
function endpoint(text: string): readonly [string, number] {
  const [hex = '', port = '0'] = text.split(':')
  const bytes = [...hex.matchAll(/.{8}/g)].flatMap(([word]) => [...word.matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16)).reverse())
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255
  const address = bytes.length === 4 || mapped ? bytes.slice(-4).join('.') : bytes.every((byte) => byte === 0) ? '::' : groups(bytes)
  return [address, Number.parseInt(port, 16)]
}

function groups(bytes: readonly number[]): string {
  const words = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0)).toString(16))
  return words.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::')
}
