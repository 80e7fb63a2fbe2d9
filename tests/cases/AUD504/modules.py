"""A process has a set of files that it imports."""

import importlib.util

_modules = {}


def load(path):
    spec = importlib.util.spec_from_file_location("hook", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    _modules[path] = module
    return module


async def run(paths):
    for path in paths:
        load(path).run()
