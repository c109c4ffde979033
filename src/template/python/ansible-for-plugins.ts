/**
 * What plugins in Python import from Ansible: exceptions, conversions, the base of lookups. An installed ansible-core is used for whatever
 * is not here, if there is one.
 */
export const ANSIBLE_FOR_PLUGINS = String.raw`
import collections, collections.abc, functools, json, os, sys, types


class AnsibleError(Exception):
    def __init__(self, message='', obj=None, show_content=True, suppress_extended_error=False, orig_exc=None, help_text=None):
        super().__init__(str(message))
        self.message = str(message)
        self.orig_exc = orig_exc


class AnsibleRuntimeError(AnsibleError): pass
class AnsibleAssertionError(AnsibleError, AssertionError): pass
class AnsibleOptionsError(AnsibleError): pass
class AnsibleParserError(AnsibleError): pass
class AnsibleFileNotFound(AnsibleRuntimeError): pass
class AnsibleTemplateError(AnsibleRuntimeError): pass
class AnsibleUndefinedVariable(AnsibleTemplateError): pass
class AnsibleFilterError(AnsibleTemplateError): pass
class AnsibleLookupError(AnsibleTemplateError): pass
class AnsibleTypeError(AnsibleRuntimeError, TypeError): pass
class AnsibleFilterTypeError(AnsibleTemplateError, TypeError): pass
class AnsiblePluginError(AnsibleError): pass


def to_text(value, encoding='utf-8', errors=None, nonstring='simplerepr'):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode(encoding, 'surrogateescape' if errors in (None, 'surrogate_or_strict', 'surrogate_or_replace', 'surrogate_then_replace') else errors)
    if nonstring == 'passthru':
        return value
    if nonstring == 'empty':
        return ''
    if nonstring == 'strict':
        raise TypeError('obj must be a string type')
    return str(value)


def to_bytes(value, encoding='utf-8', errors=None, nonstring='simplerepr'):
    if isinstance(value, bytes):
        return value
    text = to_text(value, encoding, None, nonstring)
    return text.encode(encoding, 'surrogateescape') if isinstance(text, str) else text


to_native = to_text
string_types = (str,)
integer_types = (int,)


def is_string(value):
    return isinstance(value, (str, bytes))


def is_iterable(value, include_strings=False):
    return isinstance(value, collections.abc.Iterable) and (include_strings or not is_string(value))


def is_sequence(value, include_strings=False):
    return isinstance(value, collections.abc.Sequence) and (include_strings or not is_string(value))


TRUE = frozenset(('y', 'yes', 'on', '1', 'true', 't', 1, 1.0, True))
FALSE = frozenset(('n', 'no', 'off', '0', 'false', 'f', 0, 0.0, False))


def boolean(value, strict=True):
    normal = value.lower().strip() if isinstance(value, str) else value
    if normal in TRUE:
        return True
    if normal in FALSE or not strict:
        return False
    raise TypeError("The value '%s' is not a valid boolean." % to_text(value))


def merge_hash(left, right, recursive=True, list_merge='replace'):
    merged = dict(left)
    for key, value in right.items():
        old = merged.get(key)
        if recursive and isinstance(old, collections.abc.Mapping) and isinstance(value, collections.abc.Mapping):
            value = merge_hash(old, value, recursive, list_merge)
        elif isinstance(old, list) and isinstance(value, list) and list_merge != 'replace':
            rest = [item for item in old if item not in value] if list_merge.endswith('_rp') else old
            value = {'keep': old, 'append': old + value, 'prepend': value + old, 'append_rp': rest + value, 'prepend_rp': value + rest}[list_merge]
        merged[key] = value
    return merged


class Display:
    verbosity = 0

    def warning(self, message, formatted=False, help_text=None):
        sys.stderr.write('[WARNING]: %s\n' % message)

    def error(self, message, *args, **kwargs):
        sys.stderr.write('ERROR! %s\n' % message)

    def display(self, message, *args, **kwargs):
        sys.stderr.write('%s\n' % message)

    def deprecated(self, *args, **kwargs):
        pass

    v = vv = vvv = vvvv = vvvvv = vvvvvv = debug = verbose = deprecated


class Loader:
    """Files of the control host, as they are found for lookups."""

    def get_basedir(self):
        return ask('folder')

    def path_dwim(self, path):
        return os.path.abspath(os.path.join(self.get_basedir(), os.path.expanduser(path)))

    def path_dwim_relative(self, base, folder, name):
        return ask('find', kind=folder, name=name) or self.path_dwim(name)

    def get_real_file(self, path, decrypt=True):
        return path

    def get_text_file_contents(self, path, encoding=None):
        return ask('read', path=path)

    def _get_file_contents(self, path):
        return ask('read', path=path).encode(), False

    def load_from_file(self, path, **kwargs):
        import yaml
        return yaml.safe_load(ask('read', path=path))

    path_exists = staticmethod(os.path.exists)
    is_file = staticmethod(os.path.isfile)
    is_directory = staticmethod(os.path.isdir)
    list_directory = staticmethod(os.listdir)


class Templar:
    """Data is not evaluated: templates stay what they are."""

    available_variables = {}

    def template(self, value, *args, **kwargs):
        return value


class LookupBase:
    def __init__(self, loader=None, templar=None, **kwargs):
        self._loader, self._templar, self._display, self._options = loader, templar, Display(), {}

    def get_basedir(self, variables):
        return ask('folder')

    def find_file_in_search_path(self, variables, subdir, needle, ignore_missing=False):
        found = ask('find', kind=subdir, name=needle)
        if found is None and not ignore_missing:
            Display().warning("Unable to find '%s' in expected paths" % needle)
        return found

    @staticmethod
    def _flatten(terms):
        flat = []
        for term in terms:
            flat.extend(term if isinstance(term, (list, tuple)) else [term])
        return flat

    @staticmethod
    def _combine(left, right):
        return [LookupBase._flatten([a, b]) for a in left for b in right]

    @staticmethod
    def _flatten_hash_to_list(terms):
        return [{'key': key, 'value': terms[key]} for key in terms]

    def _known_options(self):
        try:
            import yaml
            return (yaml.safe_load(self._documentation) or {}).get('options') or {}
        except Exception:
            return {}

    def set_options(self, task_keys=None, var_options=None, direct=None):
        direct = direct or {}
        self._options = dict(direct)
        for name, option in self._known_options().items():
            if name in direct:
                self._options[name] = self._typed(direct[name], option)
            else:
                self._options.setdefault(name, self._typed(self._found(option, var_options), option))

    def _found(self, option, variables):
        for place in option.get('vars') or []:
            if variables is not None and place['name'] in variables:
                return variables[place['name']]
        for place in option.get('env') or []:
            if place['name'] in os.environ:
                return os.environ[place['name']]
        return option.get('default')

    @staticmethod
    def _typed(value, option):
        kind = option.get('type')
        if value is None:
            return None
        if kind in ('bool', 'boolean'):
            return boolean(value, strict=False)
        if kind in ('int', 'integer'):
            return int(value)
        if kind == 'float':
            return float(value)
        if kind in ('path', 'tmp'):
            return os.path.expanduser(os.path.expandvars(value))
        return value.split(',') if kind == 'list' and isinstance(value, str) else value

    def get_option(self, name, hostvars=None):
        if name not in self._options:
            raise KeyError("Requested entry (%s) was not defined in configuration." % name)
        return self._options[name]

    def get_options(self, hostvars=None):
        return self._options

    def set_option(self, name, value):
        self._options[name] = value

    def has_option(self, name):
        return name in self._options


errors = {name: value for name, value in list(globals().items()) if name.startswith('Ansible')}
converters = {'to_text': to_text, 'to_bytes': to_bytes, 'to_native': to_native, 'jsonify': json.dumps, 'container_to_text': lambda value, **kwargs: value}
abstract = {name: getattr(collections.abc, name) for name in ('Mapping', 'MutableMapping', 'Sequence', 'MutableSequence', 'Set', 'MutableSet', 'Hashable', 'Iterable', 'KeysView', 'ValuesView', 'ItemsView')}
wrappers = {'wrap_var': lambda value: value, 'AnsibleUnsafe': str, 'AnsibleUnsafeText': str, 'AnsibleUnsafeBytes': bytes, 'to_unsafe_text': to_text}
six = {
    'string_types': string_types, 'integer_types': integer_types, 'text_type': str, 'binary_type': bytes, 'class_types': (type,), 'PY2': False, 'PY3': True,
    'iteritems': lambda value: iter(value.items()), 'itervalues': lambda value: iter(value.values()), 'iterkeys': iter, 'u': str, 'b': lambda text: text.encode('latin-1'),
}

for name, members in {
    'ansible': {'__version__': '2.19.0'}, 'ansible.release': {'__version__': '2.19.0'}, 'ansible.errors': errors, 'ansible.plugins': {}, 'ansible.plugins.lookup': {'LookupBase': LookupBase},
    'ansible.module_utils': {}, 'ansible.module_utils._text': converters, 'ansible.module_utils.common': {}, 'ansible.module_utils.common.text': {},
    'ansible.module_utils.common.text.converters': converters, 'ansible.module_utils.common._collections_compat': abstract,
    'ansible.module_utils.common.collections': {'is_string': is_string, 'is_iterable': is_iterable, 'is_sequence': is_sequence, 'ImmutableDict': dict, **abstract},
    'ansible.module_utils.six': six, 'ansible.module_utils.six.moves': {'range': range, 'zip': zip, 'map': map, 'filter': filter, 'reduce': functools.reduce},
    'ansible.module_utils.parsing': {},
    'ansible.module_utils.parsing.convert_bool': {'boolean': boolean, 'BOOLEANS_TRUE': TRUE, 'BOOLEANS_FALSE': FALSE, 'BOOLEANS': TRUE | FALSE},
    'ansible.utils': {}, 'ansible.utils.display': {'Display': Display}, 'ansible.utils.unsafe_proxy': wrappers, 'ansible.utils.listify': {'listify_lookup_plugin_terms': lambda terms, *args, **kwargs: terms if isinstance(terms, (list, tuple)) else [terms]},
    'ansible.utils.vars': {'merge_hash': merge_hash, 'combine_vars': merge_hash},
}.items():
    module = types.ModuleType(name)
    module.__dict__.update(members)
    module.__path__ = []
    sys.modules[name] = module
    if '.' in name:
        parent, _, own = name.rpartition('.')
        setattr(sys.modules[parent], own, module)


def otherwise(name):
    """What a module here lacks: any exception, or what the installed one has."""
    def find(wanted):
        if name == 'ansible.errors' and wanted.startswith('Ansible'):
            return errors.setdefault(wanted, type(wanted, (AnsibleError,), {}))
        base = os.path.join(installed[0], *name.split('.')[1:]) if installed else ''
        path = next((each for each in (base + '.py', base + '/__init__.py') if os.path.isfile(each)), None)
        if wanted.startswith('__') or path is None:
            raise AttributeError('module %r has no attribute %r' % (name, wanted))
        import importlib.util
        spec = importlib.util.spec_from_file_location(name + '_installed', path)
        module = sys.modules.get(spec.name) or importlib.util.module_from_spec(spec)
        if spec.name not in sys.modules:
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
        return getattr(module, wanted)
    return find


installed = []
ours = {name: module for name, module in sys.modules.items() if name == 'ansible' or name.startswith('ansible.')}
for name, module in ours.items():
    module.__dict__['__getattr__'] = otherwise(name)


def use_installed(core):
    """Whatever else plugins import comes from an installed ansible-core, and all of module_utils."""
    if not core or installed:
        return
    installed.append(core)
    for name, module in ours.items():
        if name.startswith(('ansible.module_utils', 'ansible.release')):
            del sys.modules[name]
        else:
            module.__path__ = [os.path.join(core, *name.split('.')[1:])]
    del sys.modules['ansible'].module_utils, sys.modules['ansible'].release
`
