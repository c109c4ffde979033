/** Takes requests, watches tasks and answers. */
export const SERVING = String.raw`
class Task(object):
    def __init__(self, id, pid, out, err):
        self.id, self.pid = id, pid
        self.streams = {out: [], err: []}
        self.out, self.err = out, err
        self.open = set((out, err))

    def read(self, fd):
        """True: there was something; None: not yet; False: there will be no more."""
        try:
            data = os.read(fd, 65536)
        except OSError as error:
            return None if error.errno in (errno.EAGAIN, errno.EINTR) else False
        if data:
            self.streams[fd].append(data)
            return True
        return False

    def text(self, fd):
        return b''.join(self.streams[fd]).decode('utf-8', 'replace')


class Supervisor(object):
    def __init__(self):
        self.source, self.sink = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        for fd in (0, 1):
            os.dup2(null, fd)
        self.null = null
        self.wake, woken = os.pipe()
        for fd in (self.wake, woken):
            os.set_blocking(fd, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(woken)
        self.store = Store()
        self.common = Common()
        self.tasks = {}
        self.buffer = b''

    def serve(self):
        os.write(self.sink, TOKEN.encode())
        self.send({'python': sys.executable, 'version': list(sys.version_info[:3])})
        preload()
        while True:
            streams = dict((fd, task) for task in self.tasks.values() for fd in task.open)
            for fd in self.ready([self.source, self.wake] + list(streams)):
                if fd == self.source:
                    if not self.receive():
                        return
                elif fd == self.wake:
                    self.drain_wake()
                elif streams[fd].read(fd) is False:
                    self.close(streams[fd], fd)
            self.reap()

    def ready(self, fds):
        poll = select.poll()
        for fd in fds:
            poll.register(fd, select.POLLIN)
        return [fd for fd, event in poll.poll()]

    def drain_wake(self):
        try:
            os.read(self.wake, 4096)
        except OSError:
            pass

    def receive(self):
        data = os.read(self.source, 1 << 20)
        self.buffer += data
        while True:
            head, newline, rest = self.buffer.partition(b'\n')
            if not newline or len(rest) < int(head):
                return bool(data)
            self.buffer = rest[int(head):]
            self.handle(json.loads(rest[:int(head)].decode('utf-8')))

    def handle(self, request):
        if 'kill' in request:
            return self.kill(request['kill'], request['signal'])
        try:
            bundle = self.store.get(request)
            if 'job' in request:
                self.send(dict(start_job(self, request, bundle), id=request['id']))
            else:
                self.start(request, bundle)
            self.common.prepare(bundle, self.store.codes)
        except Missing as missing:
            self.send({'id': request['id'], 'missing': missing.args[0]})
        except Exception:
            self.send({'id': request['id'], 'broken': traceback.format_exc()})

    def start(self, request, bundle):
        pid, out, err = spawn(self, request, bundle)
        self.tasks[pid] = Task(request['id'], pid, out, err)

    def kill(self, id, number):
        for task in self.tasks.values():
            if task.id == id:
                try:
                    os.killpg(task.pid, number)
                except OSError:
                    pass

    def close(self, task, fd):
        os.close(fd)
        task.open.discard(fd)

    def reap(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except OSError:
                return
            if pid == 0:
                return
            if pid in self.tasks:
                self.finish(self.tasks.pop(pid), status)

    def finish(self, task, status):
        # Something that it left behind may still hold its streams: what is there now is all that counts.
        for fd in list(task.open):
            while task.read(fd):
                pass
            self.close(task, fd)
        self.send({'id': task.id, 'rc': status_of(status), 'stdout': task.text(task.out), 'stderr': task.text(task.err)})

    def send(self, message):
        data = json.dumps(message).encode()
        data = b'%d\n%s' % (len(data), data)
        while data:
            data = data[os.write(self.sink, data):]

    def leave(self):
        """In a process of its own: nothing of the supervisor is touched any more."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for task in self.tasks.values():
            for fd in task.open:
                os.close(fd)
        os.close(self.source)
        os.close(self.sink)
        os.close(self.wake)
        self.tasks = {}


def status_of(status):
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
`
