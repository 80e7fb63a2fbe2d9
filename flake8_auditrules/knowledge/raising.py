"""Raising: which exceptions the calls themselves raise that stand first in many a `try`."""

from __future__ import annotations

FILE = frozenset(
    {
        "builtins.OSError",
        "builtins.FileNotFoundError",
        "builtins.PermissionError",
        "builtins.IsADirectoryError",
    }
)
_REQUESTS = frozenset(
    {
        "requests.RequestException",
        "requests.ConnectionError",
        "requests.Timeout",
        "requests.ConnectTimeout",
        "requests.ReadTimeout",
        "requests.exceptions.RequestException",
        "requests.exceptions.ConnectionError",
        "requests.exceptions.Timeout",
        "requests.exceptions.ConnectTimeout",
        "requests.exceptions.ReadTimeout",
        "requests.exceptions.SSLError",
    }
)
_HTTPX = frozenset(
    {
        "httpx.HTTPError",
        "httpx.RequestError",
        "httpx.TransportError",
        "httpx.TimeoutException",
        "httpx.ConnectError",
        "httpx.ConnectTimeout",
        "httpx.ReadTimeout",
        "httpx.NetworkError",
    }
)
_PROCESS = frozenset({"builtins.OSError", "builtins.FileNotFoundError", "subprocess.TimeoutExpired"})
_FAILED_PROCESS = _PROCESS | {"subprocess.CalledProcessError", "subprocess.SubprocessError"}

# Functions of these modules raise what the system answers, and nothing else.
SYSTEM: tuple[str, ...] = ("fcntl.", "os.", "socket.socket.")

# Qualified name of a function or method -> the classes, as a handler names them, that it raises by itself.
RAISED: dict[str, frozenset[str]] = {
    "builtins.open": FILE,
    "pathlib.Path.open": FILE,
    "pathlib.Path.read_text": FILE | {"builtins.UnicodeDecodeError"},
    "pathlib.Path.read_bytes": FILE,
    "os.listdir": FILE,
    "os.stat": FILE,
    "builtins.int": frozenset({"builtins.ValueError", "builtins.TypeError"}),
    "builtins.float": frozenset({"builtins.ValueError", "builtins.TypeError"}),
    "json.load": frozenset({"builtins.ValueError", "json.JSONDecodeError", "json.decoder.JSONDecodeError"}),
    "json.loads": frozenset(
        {"builtins.ValueError", "builtins.TypeError", "json.JSONDecodeError", "json.decoder.JSONDecodeError"}
    ),
    "uuid.UUID": frozenset({"builtins.ValueError"}),
    "datetime.datetime.fromisoformat": frozenset({"builtins.ValueError"}),
    "datetime.datetime.strptime": frozenset({"builtins.ValueError"}),
    "importlib.import_module": frozenset({"builtins.ImportError", "builtins.ModuleNotFoundError"}),
    "subprocess.Popen": frozenset({"builtins.OSError", "builtins.FileNotFoundError"}),
    "subprocess.check_call": _FAILED_PROCESS,
    "subprocess.check_output": _FAILED_PROCESS,
    "urllib.request.urlopen": frozenset(
        {"urllib.error.URLError", "urllib.error.HTTPError", "builtins.OSError", "builtins.TimeoutError"}
    ),
    "socket.create_connection": frozenset({"builtins.OSError", "builtins.ConnectionError", "socket.gaierror"}),
    "asyncio.wait_for": frozenset({"builtins.TimeoutError", "asyncio.TimeoutError"}),
    **{f"requests.{verb}": _REQUESTS for verb in ("get", "post", "put", "patch", "delete", "head", "request")},
    **{
        f"requests.Session.{verb}": _REQUESTS
        for verb in ("get", "post", "put", "patch", "delete", "head", "request", "send")
    },
    **{f"httpx.{verb}": _HTTPX for verb in ("get", "post", "put", "patch", "delete", "head", "request")},
    **{
        f"httpx.{client}.{verb}": _HTTPX
        for client in ("Client", "AsyncClient")
        for verb in ("get", "post", "put", "patch", "delete", "head", "request", "send")
    },
}

# Methods, by bare name, of texts, numbers, dates, dictionaries and locks, and modules, that in practice raise
# nothing that a handler is written for.
SILENT_METHODS: frozenset[str] = frozenset(
    {
        "absolute",
        "acquire",
        "as_posix",
        "capitalize",
        "casefold",
        "encode",
        "expanduser",
        "format",
        "get",
        "get_bind",
        "isoformat",
        "join",
        "joinpath",
        "now",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "resolve",
        "rpartition",
        "rsplit",
        "split",
        "splitlines",
        "strftime",
        "timestamp",
        "title",
        "today",
        "utcnow",
        "with_suffix",
    }
)
SILENT_MODULES = ("datetime.", "math.", "os.path.", "random.", "string.", "time.", "uuid.")

# Exceptions that a signal raises wherever the program is at that time: the worker's, when a task takes too long.
AT_ANY_TIME = frozenset({"celery.exceptions.SoftTimeLimitExceeded", "billiard.exceptions.SoftTimeLimitExceeded"})
