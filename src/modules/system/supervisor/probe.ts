import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import { supervisorctl, type SupervisorAccess } from './program.ts'

/** What supervisord says of its programs. */
export interface SupervisorState {
  readonly programs: readonly ProgramState[]
  /** Why it could not be asked. */
  readonly problem?: string
  /** In a wanted state: what is done besides reaching it. */
  readonly action?: 'restart' | 'signal'
}

export interface ProgramState {
  /** `PROGRAM`, or `GROUP:PROGRAM` where they differ. */
  readonly name: string
  /** RUNNING, STOPPED, FATAL ... */
  readonly state: string
}

/** Asks for the state of all programs. */
export function supervisorProbe(access: SupervisorAccess): ScriptProbe<SupervisorState> {
  const { config, server_url: serverUrl } = access
  return {
    kind: 'script',
    key: ['supervisor', ...config === undefined ? [] : [config], ...serverUrl === undefined ? [] : [serverUrl]].join(':'),
    script: isPlain(access) ? `${direct(config)}\n${supervisorctl(access, 'status')}` : supervisorctl(access, 'status'),
    parse,
  }
}

function isPlain({ server_url: serverUrl, username, password, supervisorctl_path: path }: SupervisorAccess): boolean {
  return [serverUrl, username, password, path].every((given) => given === undefined)
}

/**
 * Asks the daemon's own socket. It says the same as `supervisorctl status`, but that is a Python program which takes a quarter of a second
 * of the host's processor, on every host; where there is no perl, or a password is set, supervisorctl is asked.
 */
function direct(config: string | undefined): string {
  const places = config === undefined ? '/etc/supervisord.conf /etc/supervisor/supervisord.conf' : quote(config)
  return `for f in ${places}; do
if [ -r "$f" ]; then
s=$(sed -n '/^\\[unix_http_server\\]/,/^\\[/{s/^file *= *\\([^ ;]*\\).*/\\1/p;s/^username.*/-/p;}' "$f")
if [ -S "$s" ] && command -v perl >/dev/null; then perl -MIO::Socket::UNIX -e ${quote(ASK)} "$s" && exit 0; fi
break
fi
done`
}

const ASK = `
my $socket = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 1;
my $call = "<methodCall><methodName>supervisor.getAllProcessInfo</methodName><params/></methodCall>";
print $socket "POST /RPC2 HTTP/1.0\\r\\nContent-Type: text/xml\\r\\nContent-Length: " . length($call) . "\\r\\n\\r\\n$call";
$socket->flush; local $/; my $answer = <$socket>;
exit 1 unless $answer =~ m{<methodResponse>} && $answer !~ m{<fault>};
while ($answer =~ m{<struct>(.*?)</struct>}sg) {
  my %of; my $one = $1;
  $of{$1} = $2 while $one =~ m{<name>(name|group|statename)</name>\\s*<value><string>(.*?)</string>}sg;
  print $of{group} eq $of{name} ? "" : "$of{group}:", "$of{name} $of{statename}\\n";
}`

function parse({ stdout, stderr }: ExecResult): SupervisorState {
  const text = stdout.toString('utf8')
  const programs = [...text.matchAll(/^(\S+)[ \t]+(STOPPED|STARTING|RUNNING|BACKOFF|STOPPING|EXITED|FATAL|UNKNOWN)\b/gm)]
    .map(([, name = '', state = '']) => ({ name, state }))
  const problem = /^(?:unix:|https?:|error:|Error:|.*(?:refused connection|not found|no such file|unauthorized)).*$/im.exec(`${text}\n${stderr.toString('utf8')}`)?.[0]
  return programs.length > 0 || problem === undefined ? { programs } : { programs, problem }
}
