import type { Duplex } from 'node:stream'
import { quote, quoteAll } from '../../text/shell-quote.ts'
import { type Channel, ConnectionError, type DialTarget } from '../connection.ts'
import { channelStream } from './channel-stream.ts'
import { placeOf } from './dial-here.ts'
import type { Start } from './process-connection.ts'

/** What a relay says on standard error once it is connected. */
const CONNECTED = 'tsplay-connected'

/** Copies both ways between a socket and its own standard streams. Arguments: `tcp HOST PORT` or `socket PATH`. */
const PERL = `use IO::Socket::INET; use IO::Socket::UNIX;
$s = $ARGV[0] eq "tcp" ? IO::Socket::INET->new(PeerAddr => $ARGV[1], PeerPort => $ARGV[2]) : IO::Socket::UNIX->new(Peer => $ARGV[1]);
die(($! || $@) . "\\n") unless $s;
syswrite STDERR, "${CONNECTED}\\n";
sub copy { my ($from, $to) = @_; my ($n, $b); while ($n = sysread $from, $b, 65536) { my $at = 0; while ($at < $n) { $at += syswrite($to, $b, $n - $at, $at) or return } } }
if ($pid = fork) { copy($s, STDOUT); kill TERM => $pid } else { copy(STDIN, $s); shutdown $s, 1 }`

const PYTHON = `import os, socket, sys, threading
a = sys.argv
try:
  s = socket.create_connection((a[2], int(a[3]))) if a[1] == "tcp" else socket.socket(socket.AF_UNIX)
  if a[1] != "tcp": s.connect(a[2])
except OSError as e: sys.exit(e.strerror)
os.write(2, b"${CONNECTED}\\n")
def send():
  while True:
    b = os.read(0, 65536)
    if not b: break
    s.sendall(b)
  s.shutdown(1)
threading.Thread(target=send, daemon=True).start()
while True:
  b = s.recv(65536)
  if not b: break
  while b: b = b[os.write(1, b):]
os._exit(0)`

/**
 * Opens a TCP connection or Unix socket from where `start` runs its commands, by a program there: perl, which the base of most distributions has,
 * python3 or socat. Rejects with `refused`, or with `unsupported` where none of them is.
 */
export async function dialByRelay(target: DialTarget, start: Start, name: string): Promise<Duplex> {
  const channel = await start(relaySource(target))
  const said = await beginning(channel)
  if (said === undefined) return channelStream({ ...channel, release: () => { channel.kill() } })
  channel.kill()
  const kind = said.includes(NO_RELAY) ? 'unsupported' : 'refused'
  throw new ConnectionError(kind, `Cannot reach ${placeOf(target)} from ${name}: ${kind === 'unsupported' ? 'it has none of perl, python3 and socat' : said}`)
}

const NO_RELAY = 'tsplay-no-relay'

function relaySource(target: DialTarget): string {
  const words = quoteAll(target.kind === 'tcp' ? ['tcp', target.host, String(target.port)] : ['socket', target.path])
  const address = quote(target.kind === 'tcp' ? `TCP:${target.host}:${target.port}` : `UNIX-CONNECT:${target.path}`)
  return [
    `if command -v perl >/dev/null; then exec perl -e ${quote(PERL)} ${words}; fi`,
    `if command -v python3 >/dev/null; then exec python3 -c ${quote(PYTHON)} ${words}; fi`,
    `command -v socat >/dev/null || { echo ${NO_RELAY} >&2; exit 1; }`,
    `socat -u OPEN:/dev/null ${address} && echo ${CONNECTED} >&2 && exec socat - ${address}`,
  ].join('\n')
}

/** Undefined once it is connected; else what it said. */
function beginning({ stderr, ended }: Channel): Promise<string | undefined> {
  let said = ''
  return new Promise<string | undefined>((resolve) => {
    stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (said.includes(CONNECTED)) resolve(undefined)
    })
    stderr.once('end', () => { resolve(said.trim()) })
    void ended.then((end) => { if (end.kind === 'lost') resolve(said.trim() || end.reason) })
  }).finally(() => { stderr.removeAllListeners('data').resume() })
}
