import json
from pathlib import Path

KNOWN = {"a": 1}


def find(name, include_registry=True):
    """What is known of a name, in the registry's file if it is to be looked at."""
    if name in KNOWN or not include_registry:
        return KNOWN.get(name)
    return json.loads(Path("registry.json").read_text()).get(name)


def found_here(name):
    """A call two steps below the coroutine says that the file is not read."""
    return find(name, include_registry=False) is not None


def found_anywhere(name):
    return find(name, include_registry=True) is not None


def found_with_index(name):
    """Reads another file itself."""
    if find(name, include_registry=False) is not None:
        return True
    return name in Path("index.txt").read_text()


def looked_up(name, include_registry):
    """Hands on what it is told."""
    return find(name, include_registry=include_registry)


def looked_up_anyway(name, include_registry):
    include_registry = include_registry or name.startswith("x")
    return find(name, include_registry=include_registry)
