/** Connects and copies both ways; arguments: token, kind, then host and port, or path. */
const PERL = `use Socket qw(:DEFAULT getaddrinfo); my ($t, $k, @a) = @ARGV; my ($s, $e);
sub say_no { my $m = "$!"; $m =~ s/\\n/ /g; syswrite STDOUT, "$t $m\\n"; exit 0 }
if ($k eq "socket") { socket($s, PF_UNIX, SOCK_STREAM, 0) && connect($s, sockaddr_un($a[0])) or say_no() }
else {
  my ($err, @r) = getaddrinfo($a[0], $a[1], { socktype => SOCK_STREAM });
  if ($err) { syswrite STDOUT, "$t $err\\n"; exit 0 }
  my $ok; for (@r) { socket($s, $_->{family}, SOCK_STREAM, 0) && connect($s, $_->{addr}) and $ok = 1 and last } $ok or say_no();
}
syswrite STDOUT, "$t ok\\n";
sub put { my ($h, $b) = @_; my $o = 0; while ($o < length $b) { my $n = syswrite $h, $b, length($b) - $o, $o; defined $n or exit 1; $o += $n } }
my $r = ""; vec($r, 0, 1) = 1; vec($r, fileno $s, 1) = 1;
while (1) {
  my $x = $r; select($x, undef, undef, undef) > 0 or next; my $b;
  if (vec($x, 0, 1)) { if (sysread STDIN, $b, 65536) { put($s, $b) } else { shutdown $s, 1; vec($r, 0, 1) = 0 } }
  if (vec($x, fileno $s, 1)) { if (sysread $s, $b, 65536) { put(*STDOUT, $b) } else { last } }
}`

const PYTHON = `import os, select, socket, sys
t, k, a = sys.argv[1], sys.argv[2], sys.argv[3:]
def put(f, b):
    while b: b = b[os.write(f, b):]
try:
    if k == "socket":
        s = socket.socket(socket.AF_UNIX); s.connect(a[0])
    else: s = socket.create_connection((a[0], int(a[1])))
except Exception as e:
    put(1, ("%s %s\\n" % (t, str(e).replace("\\n", " "))).encode()); sys.exit(0)
put(1, (t + " ok\\n").encode()); n = s.fileno(); r = [0, n]
while True:
    x = select.select(r, [], [])[0]
    if 0 in x:
        b = os.read(0, 65536)
        if b: put(n, b)
        else: s.shutdown(1); r.remove(0)
    if n in x:
        b = os.read(n, 65536)
        if not b: break
        put(1, b)`

/**
 * Replaces a shell by whatever program of the host can copy between its standard streams and a socket: Perl (in every Debian), Python, socat or netcat.
 * `$1` is the token, `$2` the kind, the rest the place. The last two cannot tell beforehand whether they get through.
 */
export const BRIDGE_SCRIPT = `tsplay_has() { command -v "$1" >/dev/null 2>&1; }
for tsplay_py in python3 /usr/libexec/platform-python python; do tsplay_has "$tsplay_py" && break; tsplay_py=; done
if tsplay_has perl && perl -MSocket=getaddrinfo -e 1 2>/dev/null; then exec perl -e '${PERL}' "$@"
elif [ -n "$tsplay_py" ]; then exec "$tsplay_py" -c '${PYTHON}' "$@"
elif tsplay_has socat; then echo "$1 ok"; if [ "$2" = socket ]; then exec socat - "UNIX-CONNECT:$3"; else exec socat - "TCP:$3:$4"; fi
elif [ "$2" = tcp ] && tsplay_has nc; then echo "$1 ok"; exec nc "$3" "$4"
elif [ "$2" = tcp ] && tsplay_has busybox; then echo "$1 ok"; exec busybox nc "$3" "$4"
elif tsplay_has nc && nc -h 2>&1 | grep -q -e '-U'; then echo "$1 ok"; exec nc -U "$3"
else echo "$1 the host has none of perl, python3, socat and nc to reach it with"; exit 0; fi`
