import weakref

_seen = set()
_sizes = {}
_tidied = {}
_kept = {}
_pairs = {}


def remember(row):
    _seen.add(id(row))  # AUD525


def pair(left, right):
    _pairs[id(left), len(right)] = True  # AUD525


def tidied(row):
    _tidied[id(row)] = len(row)
    weakref.finalize(row, _tidied.pop, id(row), None)


def kept(row):
    _kept[id(row)] = row


def kept_elsewhere(row, rows):
    _sizes[id(row)] = len(row)
    rows.append(row)


def inside_one_function(rows):
    seen = set()
    for row in rows:
        seen.add(id(row))
    return len(seen)


def only_asked(row):
    return id(row) in _kept


class Walker:
    def __init__(self):
        self._visited = set()
        self._names = {}
        self.child = None

    def walk(self, node):
        self._visited.add(id(node))

    def of_attribute(self):
        self._names[id(self.child)] = "child"

    def own(self):
        self._names[id(self)] = "self"


def other_keys(row, key_of):
    _sizes[key_of(row)] = len(row)
    _seen.add(hash(row))


class Graph:
    """Looks after its own nodes."""

    def __init__(self, nodes):
        self.nodes = nodes
        self._known = {}

    def all_known(self):
        for node in self.nodes:
            self._known[id(node)] = node.name
        return [self._name_of(node) for node in self.nodes]

    def _name_of(self, node):
        self._known[id(node)] = node.name


class Manager:
    def __init__(self):
        self._names = {}

    def record(self, model, name):
        self._names[id(model)] = name  # AUD525

    def name_of(self, model):
        return self._names.get(id(model))


MANAGER = Manager()


class Registry:
    seen = set()

    def note(self, row):
        self.seen.add(id(row))  # AUD525
