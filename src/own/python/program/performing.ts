/** Runs one module in a process of its own. */
export const PERFORMING = String.raw`
def spawn(supervisor, request, bundle, left=False):
    out, out_end = os.pipe()
    err, err_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if not left:
                supervisor.leave()
            os.setsid()
            for fd, end in ((0, supervisor.null), (1, out_end), (2, err_end)):
                os.dup2(end, fd)
            supervisor.common.suit(bundle)
            code = perform(request, bundle, supervisor.store.codes)
        except BaseException:
            traceback.print_exc()
            code = 1
        depart(code)
    for fd in (out_end, err_end):
        os.close(fd)
    for fd in (out, err):
        os.set_blocking(fd, False)
    return pid, out, err


def depart(code):
    for end in (threading._shutdown, atexit._run_exitfuncs, sys.stdout.flush, sys.stderr.flush):
        try:
            end()
        except BaseException:
            pass
    os._exit(code)


def perform(request, bundle, cache):
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, 'w', closefd=False)), encoding='utf-8', errors='surrogateescape')
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, 'w', closefd=False)), encoding='utf-8', errors='backslashreplace', line_buffering=True)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, 'r', closefd=False)), encoding='utf-8')
    os.environ.update(request.get('environment') or {})
    atexit._clear()
    have_folder()
    limit_files(request.get('files_open') or 0)
    sys.path[:] = [bundle.path] + [path for path in sys.path if path not in ('', '.')]
    sys.meta_path.insert(0, Finder(bundle, cache))
    sys.argv = [bundle.path]
    try:
        from ansible.module_utils import basic
        basic._ANSIBLE_ARGS = request['args'].encode('utf-8')
        if hasattr(basic, '_ANSIBLE_PROFILE'):
            basic._ANSIBLE_PROFILE = 'legacy'
        name = request['module']
        runpy.run_module(name, init_globals=dict(_module_fqn=name, _modlib_path=bundle.path), run_name='__main__', alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(str(end.code) + '\n')
        return 1
    print('{"msg": "New-style module did not handle its own exit", "failed": true}')
    return 1


def have_folder():
    try:
        os.getcwd()
    except OSError:
        for folder in (os.path.expanduser('~'), '/'):
            try:
                return os.chdir(folder)
            except OSError:
                pass


def limit_files(wanted):
    if wanted:
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if wanted != soft:
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            except ValueError:
                pass
`
