/** Leaves modules running when nobody waits for them. */
export const JOBS = String.raw`
def start_job(supervisor, request, bundle):
    """Leaves the module running in a session of its own, with a file that tells how it is doing."""
    job = request['job']
    environment = request.get('environment') or {}
    folder = job.get('folder') or environment.get('ANSIBLE_ASYNC_DIR') or os.environ.get('ANSIBLE_ASYNC_DIR') or '~/.ansible_async'
    folder = os.path.expanduser(folder)
    if not os.path.isdir(folder):
        os.makedirs(folder, 0o700)
    path = os.path.join(folder, job['name'])
    told = {'ansible_job_id': job['name'], 'seconds': job['seconds'], 'started': True, 'finished': False}
    tell(path, told)
    pid = os.fork()
    if pid == 0:
        try:
            supervisor.leave()
            os.setsid()
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            os.dup2(supervisor.null, 2)
            keep(supervisor, request, bundle, path, told)
        finally:
            os._exit(0)
    return {'started': path}


def keep(supervisor, request, bundle, path, told):
    pid, out, err = spawn(supervisor, request, bundle, left=True)
    task = Task(None, pid, out, err)
    deadline = time.time() + told['seconds']
    late = False
    while True:
        for fd in list(task.open):
            while task.read(fd):
                pass
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            break
        if time.time() > deadline:
            late = True
            os.killpg(pid, signal.SIGKILL)
        time.sleep(0.05)
    for fd in list(task.open):
        while task.read(fd):
            pass
    tell(path, dict(told, finished=True, late=late, output={'rc': status_of(status), 'stdout': task.text(out), 'stderr': task.text(err)}))


def tell(path, status):
    handle = os.open(path + '.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, 'w') as file:
        json.dump(status, file)
    os.rename(path + '.new', path)


def preload():
    """What nearly every module imports, while the first task is on its way. Nothing of Ansible: each task has its own."""
    for name in ('ast', 'collections', 'copy', 'datetime', 'fcntl', 'fnmatch', 'glob', 'grp', 'locale', 'logging', 'pkgutil', 'platform', 'pwd', 'queue', 'random', 're', 'selectors',
                 'shlex', 'shutil', 'socket', 'string', 'subprocess', 'syslog', 'types', 'uuid', 'inspect', 'dataclasses', 'typing', 'contextlib', 'functools', 'itertools', 'operator'):
        try:
            __import__(name)
        except ImportError:
            pass
`
