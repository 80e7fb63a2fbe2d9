"""Functions that rules of ruff know by name: the plain forms of what this suite reports too."""

_VERBS = ("delete", "get", "head", "options", "patch", "post", "put", "request")

# RUF006: functions whose task must be kept.
CREATING_TASKS = frozenset({"asyncio.create_task", "asyncio.ensure_future"})

# S113 and S501 look at these; where requests waits for ever by itself, httpx does so only with `timeout=None`.
REQUESTS = frozenset(f"requests.{verb}" for verb in _VERBS)
HTTPX = frozenset(f"httpx.{name}" for name in (*_VERBS, "stream", "Client", "AsyncClient"))

# TRY400, LOG004 and LOG014 take a receiver for a logger by the start or the end of its last name.
LOGGER_STARTS = ("log", "LOG")
LOGGER_ENDS = ("logger", "logging", "LOGGER", "LOGGING")

# DTZ003 to DTZ005: times without a zone, but for what `astimezone` is called on at once.
NAIVE_TIMES = frozenset({"datetime.datetime.utcnow", "datetime.datetime.utcfromtimestamp"})
ZONED_BY_ARGUMENT = frozenset({"datetime.datetime.now"})

# ASYNC210, ASYNC220 to 222, ASYNC230, ASYNC240, ASYNC250 and ASYNC251: functions that a coroutine must not call.
_BLOCKING = {
    "httpx": " ".join(_VERBS),
    "io": "open open_code",
    "os": (
        "popen spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe system wait wait3 wait4 waitid "
        "waitpid"
    ),
    "os.path": (
        "exists getatime getctime getmtime getsize isdir isfile islink ismount lexists realpath samefile "
        "sameopenfile"
    ),
    "requests": " ".join(_VERBS),
    "subprocess": "call check_call check_output getoutput getstatusoutput run",
    "time": "sleep",
    "urllib.request": "urlopen",
    "urllib3": "request",
}
BLOCKING = frozenset(f"{module}.{name}" for module, names in _BLOCKING.items() for name in names.split())
BLOCKING_BUILTINS = frozenset({"input", "open"})

# ASYNC230 and ASYNC240: methods of a path that is made in the same expression.
_ON_PATHS = (
    "chmod copy exists glob hardlink_to is_dir is_file is_mount is_symlink iterdir lstat mkdir move open "
    "read_bytes read_text readlink rename replace resolve rglob rmdir samefile stat symlink_to touch unlink walk "
    "write_bytes write_text"
)
BLOCKING_ON_PATHS = frozenset(_ON_PATHS.split())
