"""What numbers and sizes the standard library's and other functions give; how collections change."""

from __future__ import annotations

import math

# Functions that give a whole number: its lowest value, whether that value really occurs, whether None does.
# The number of processors is 1 on small containers; `os.cpu_count` is None where it cannot be determined.
NUMBERS: dict[str, tuple[int, bool, bool]] = {
    "os.cpu_count": (1, True, True),
    "os.process_cpu_count": (1, True, True),
    "multiprocessing.cpu_count": (1, True, False),
    "psutil.cpu_count": (1, True, True),
    "joblib.cpu_count": (1, True, False),
    "joblib.effective_n_jobs": (1, False, False),
    "torch.cuda.device_count": (0, True, False),
    "torch.get_num_threads": (1, False, False),
    "threading.active_count": (1, True, False),
    "os.getpid": (1, False, False),
    "math.isqrt": (0, False, False),
}

# Calls whose result has at least so many items.
SIZES: dict[str, int] = {
    "os.sched_getaffinity": 1,
    "re.split": 1,
    "json.dumps": 1,
    "pickle.dumps": 1,
    "marshal.dumps": 1,
    "os.path.split": 2,
    "os.path.splitext": 2,
    "builtins.divmod": 2,
    "os.getcwd": 1,
    "builtins.repr": 1,
    "os.getloadavg": 3,
    "platform.uname": 6,
    "sys.exc_info": 3,
}

# Those of them whose lowest size really occurs.
SMALLEST_SIZES = frozenset({"os.sched_getaffinity"})

# Methods by their bare name: the size of the result whatever the receiver, with at least one argument given.
METHOD_SIZES: dict[str, int] = {"split": 1, "rsplit": 1, "partition": 3, "rpartition": 3}

# Variables of modules with at least so many items.
VARIABLE_SIZES: dict[str, int] = {"sys.argv": 1, "sys.version_info": 5, "os.sep": 1, "sys.path": 1}

# Environment variables: the name is the first argument, the default the second or the keyword.
ENVIRONMENT = frozenset({"os.getenv", "os.environ.get"})

# Callables that give an empty collection where they are called without arguments.
EMPTY_CALLS = frozenset({"builtins.list", "builtins.dict", "builtins.set", "builtins.tuple", "collections.deque"})

# Callables that give as many items as their first argument has.
SAME_SIZE = frozenset(
    {
        "builtins.list",
        "builtins.tuple",
        "builtins.sorted",
        "builtins.reversed",
        "builtins.enumerate",
        "builtins.iter",
        "collections.deque",
        "copy.copy",
        "copy.deepcopy",
    }
)

# Callables that give at most as many items as their first argument has, and none only for none.
FEWER_ITEMS = frozenset({"builtins.set", "builtins.frozenset", "builtins.dict", "collections.Counter"})

# Methods that give as many items as the receiver has.
SAME_SIZE_METHODS = frozenset({"keys", "values", "items", "copy"})

# Methods of the builtin collections that leave the number of items alone.
READING_METHODS = frozenset(
    {
        "copy",
        "count",
        "decode",
        "encode",
        "endswith",
        "find",
        "format",
        "get",
        "index",
        "isdigit",
        "isdisjoint",
        "issubset",
        "issuperset",
        "items",
        "join",
        "keys",
        "lower",
        "replace",
        "reverse",
        "sort",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "union",
        "upper",
        "values",
    }
)

# Methods that put an item in.
FILLING_METHODS = frozenset({"append", "appendleft", "add", "insert"})
# Methods that put items in or leave the collection alone.
GROWING_METHODS = frozenset({"extend", "extendleft", "setdefault", "update"})
# Functions that only look at a collection that they are given.
READING_CALLS = frozenset(
    {
        "builtins.all",
        "builtins.any",
        "builtins.bool",
        "builtins.dict",
        "builtins.enumerate",
        "builtins.filter",
        "builtins.frozenset",
        "builtins.id",
        "builtins.isinstance",
        "builtins.iter",
        "builtins.len",
        "builtins.list",
        "builtins.map",
        "builtins.print",
        "builtins.range",
        "builtins.repr",
        "builtins.reversed",
        "builtins.set",
        "builtins.sorted",
        "builtins.str",
        "builtins.sum",
        "builtins.tuple",
        "builtins.type",
        "builtins.zip",
        "pprint.pprint",
    }
)

# Methods of loggers: what they are given is only written down.
LOGGING_METHODS = frozenset({"critical", "debug", "error", "exception", "info", "log", "warning"})

# Functions that raise an error for an empty collection.
NEED_ITEMS = frozenset({"builtins.max", "builtins.min", "random.choice", "statistics.mean"})

# Decorators that leave a function's arguments as its callers give them.
TRANSPARENT_DECORATORS = frozenset(
    {
        "builtins.staticmethod",
        "builtins.classmethod",
        "contextlib.contextmanager",
        "contextlib.asynccontextmanager",
        "typing.override",
        "typing_extensions.override",
        "typing.final",
    }
)

# Decorators under which a method is read like an attribute.
PROPERTIES = frozenset({"builtins.property", "functools.cached_property"})

# Decorators and base classes under which class attributes are defaults of what the constructor is given.
FIELD_DECORATORS = frozenset(
    {
        "dataclasses.dataclass",
        "attr.s",
        "attr.attrs",
        "attr.define",
        "attrs.define",
        "attrs.frozen",
        "pydantic.dataclasses.dataclass",
    }
)
FIELD_BASES = frozenset(
    {
        "pydantic.BaseModel",
        "pydantic.BaseSettings",
        "pydantic_settings.BaseSettings",
        "typing.NamedTuple",
        "msgspec.Struct",
        "sqlmodel.SQLModel",
    }
)
FIELD_CALLS = frozenset(
    {"dataclasses.field", "pydantic.Field", "attr.ib", "attrs.field", "sqlmodel.Field", "msgspec.field"}
)

ENUM_BASES = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"})
# Enum members of classes with one of these bases are themselves the number or text.
ENUM_MIXINS = frozenset(
    {"enum.IntEnum", "enum.StrEnum", "enum.IntFlag", "builtins.int", "builtins.str", "builtins.float"}
)

CONSTANTS: dict[str, float] = {"math.pi": math.pi, "math.e": math.e, "math.inf": math.inf}
