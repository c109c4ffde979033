/** How the modules of a bundle are imported. */
export const LOADING = String.raw`
class Bundle(object):
    """A module and all it imports: in a zip file, for programs that it starts anew, and compiled once for all tasks."""

    def __init__(self, path, sources, module):
        self.path = path
        self.sources = sources
        self.module = module

    def find(self, name):
        base = name.replace('.', '/')
        for path, is_package in ((base + '/__init__.py', True), (base + '.py', False)):
            if path in self.sources:
                return path, is_package
        return None, False

    def code(self, path, cache):
        source = self.sources[path]
        key = (path, source)
        if key not in cache:
            cache[key] = compile(source, self.path + '/' + path, 'exec', 0, True)
        return cache[key]


class Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def __init__(self, bundle, cache):
        self.bundle = bundle
        self.cache = cache

    def find_spec(self, name, path=None, target=None):
        found, is_package = self.bundle.find(name)
        if found is None:
            return None
        spec = importlib.machinery.ModuleSpec(name, self, origin=self.bundle.path + '/' + found, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(spec.origin)]
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)

    def is_package(self, name):
        return self.bundle.find(name)[1]

    def get_code(self, name):
        return self.bundle.code(self.bundle.find(name)[0], self.cache)

    def get_source(self, name):
        if name == '__main__':
            name = self.bundle.module
        path = self.bundle.find(name)[0]
        return None if path is None else self.bundle.sources[path].decode('utf-8', 'replace')

    def get_filename(self, name):
        return self.bundle.path + '/' + self.bundle.find(name)[0]

    def get_data(self, path):
        inside = path[len(self.bundle.path) + 1:]
        if not path.startswith(self.bundle.path + '/') or inside not in self.bundle.sources:
            raise OSError(errno.ENOENT, 'not in the bundle', path)
        return self.bundle.sources[inside]

class Common(object):
    """What every module imports first, imported once. A task whose bundle has other files under these names starts without it."""

    def __init__(self):
        self.tried = False
        self.sources = {}

    def prepare(self, bundle, cache):
        if self.tried:
            return
        self.tried = True
        finder = Finder(bundle, cache)
        sys.meta_path.insert(0, finder)
        try:
            importlib.import_module('ansible.module_utils.basic')
            self.sources = dict((name, bundle.sources.get(bundle.find(name)[0])) for name in loaded())
        except BaseException:
            forget_loaded()
        finally:
            sys.meta_path.remove(finder)

    def suit(self, bundle):
        if any(source is None or bundle.sources.get(bundle.find(name)[0]) != source for name, source in self.sources.items()):
            forget_loaded()


def loaded():
    return [name for name in sys.modules if name == 'ansible' or name.startswith('ansible.')]


def forget_loaded():
    for name in loaded():
        del sys.modules[name]
`
