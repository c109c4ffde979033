import { ANSIBLE_FOR_PLUGINS } from './ansible-for-plugins.ts'

/**
 * What the Python process runs: it loads files of plugins and calls what is in them, one line of JSON in, one or more out. While a
 * plugin runs it may ask back for variables and files. Standard output belongs to the conversation: what plugins print goes to standard error.
 */
export const BRIDGE_PROGRAM = `${ANSIBLE_FOR_PLUGINS}
${String.raw`
import base64, importlib.util, traceback

answers = os.fdopen(os.dup(1), 'w', encoding='utf-8')
os.dup2(2, 1)


def send(message):
    answers.write(json.dumps(message) + '\n')
    answers.flush()


def ask(question, **details):
    send({'ask': question, **details})
    reply = json.loads(sys.stdin.readline(), object_hook=decoded)
    if 'error' in reply:
        raise AnsibleError(reply['error'])
    return reply.get('value')


class Missing:
    pass


class LazyMapping(collections.abc.Mapping):
    """Variables, each asked for when it is used."""

    def __init__(self, path=()):
        self.path = list(path)

    def __getitem__(self, key):
        found = ask('variable', path=self.path + [key])
        if isinstance(found, Missing):
            raise KeyError(key)
        return found

    def __contains__(self, key):
        return not isinstance(ask('variable', path=self.path + [key]), Missing)

    def __iter__(self):
        return iter(ask('names', path=self.path))

    def __len__(self):
        return len(ask('names', path=self.path))

    def copy(self):
        return dict(self)

    __deepcopy__ = lambda self, memo: self


def decoded(data):
    kind = data.get('~')
    if kind is None:
        return data
    if kind == 'lazy':
        return LazyMapping(data['path'])
    if kind == 'missing':
        return Missing()
    return {
        'float': float, 'int': int, 'tuple': tuple, 'dict': lambda pairs: {key: value for key, value in pairs}, 'bytes': base64.b64decode,
    }[kind](data['v'])


def encoded(value):
    if value is None or isinstance(value, (str, bool)):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, int):
        return int(value) if abs(value) < 2 ** 53 else {'~': 'int', 'v': str(int(value))}
    if isinstance(value, float):
        return {'~': 'float', 'v': repr(value)}
    if isinstance(value, (bytes, bytearray)):
        return {'~': 'bytes', 'v': base64.b64encode(value).decode()}
    if isinstance(value, collections.abc.Mapping):
        if all(isinstance(key, str) for key in value) and '~' not in value:
            return {str(key): encoded(item) for key, item in value.items()}
        return {'~': 'dict', 'v': [[encoded(key), encoded(item)] for key, item in value.items()]}
    if isinstance(value, tuple):
        return {'~': 'tuple', 'v': [encoded(item) for item in value]}
    if type(value).__name__.endswith('Undefined'):
        return {'~': 'missing', 'v': getattr(value, '_undefined_name', None) or 'value'}
    if isinstance(value, collections.abc.Iterable):
        return [encoded(item) for item in value]
    return str(value)


plugins = {}


def load(kind, path, name):
    """The names in a file; for a lookup that of the file."""
    folder = os.path.dirname(path)
    own = os.path.splitext(os.path.basename(path))[0]
    place = own if kind == 'lookups' else '%d_%s' % (len(plugins), own)
    spec = importlib.util.spec_from_file_location(name or 'ansible.plugins.%s.%s' % (kind[:-1], place), path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, folder)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
    if kind == 'lookups':
        found = {own: module.LookupModule}
    else:
        owner = module.FilterModule() if kind == 'filters' else module.TestModule()
        found = owner.filters() if kind == 'filters' else owner.tests()
    for key, function in found.items():
        plugins[(kind, path, key)] = (function, module)
    return list(found)


def call(kind, path, key, args, named):
    function, module = plugins[(kind, path, key)]
    if kind == 'lookups':
        lookup = function(loader=Loader(), templar=Templar())
        lookup._documentation = getattr(module, 'DOCUMENTATION', '')
        lookup._load_name = key
        return lookup.run(args, variables=LazyMapping(), **named)
    needed = getattr(function, 'jinja_pass_arg', None)
    if needed is not None:
        import jinja2
        environment = jinja2.Environment()
        first = {'environment': environment, 'context': environment.from_string('').new_context(), 'eval_context': jinja2.nodes.EvalContext(environment)}
        args = [first[getattr(needed, 'name', str(needed))]] + args
    return function(*args, **named)


def handle(request):
    if request['do'] == 'load':
        sys.path[:0] = [path for path in request['paths'] if path not in sys.path]
        use_installed(request.get('core'))
        return load(request['kind'], request['path'], request.get('name'))
    return encoded(call(request['kind'], request['path'], request['key'], request['args'], request['named']))


for line in sys.stdin:
    try:
        request = json.loads(line, object_hook=decoded)
        send({'value': handle(request)})
    except Exception as error:
        text = str(error) or type(error).__name__
        known = isinstance(error, AnsibleError)
        send({'error': text if known else '%s: %s' % (type(error).__name__, text), 'where': traceback.format_exc().strip().split('\n')[-3].strip()})
`}`
