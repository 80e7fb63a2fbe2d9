"""Ownership: which calls only look at what they are given, and which wrap it."""

from __future__ import annotations

# Calls that are done with their arguments when they return. Found in the documentation of each.
BORROWERS: frozenset[str] = frozenset(
    {
        "ast.parse",
        "asyncio.gather",
        "asyncio.wait_for",
        "bs4.BeautifulSoup",
        "builtins.all",
        "builtins.any",
        "builtins.bool",
        "builtins.bytes",
        "builtins.dict",
        "builtins.format",
        "builtins.hasattr",
        "builtins.hash",
        "builtins.id",
        "builtins.isinstance",
        "builtins.len",
        "builtins.list",
        "builtins.max",
        "builtins.min",
        "builtins.next",
        "builtins.print",
        "builtins.repr",
        "builtins.set",
        "builtins.sorted",
        "builtins.str",
        "builtins.sum",
        "builtins.tuple",
        "builtins.type",
        "cloudpickle.dump",
        "cloudpickle.load",
        "defusedxml.ElementTree.parse",
        "dill.dump",
        "dill.load",
        "email.message_from_binary_file",
        "email.message_from_file",
        "hashlib.file_digest",
        "joblib.dump",
        "joblib.load",
        "json.dump",
        "json.load",
        "json5.dump",
        "json5.load",
        "marshal.dump",
        "marshal.load",
        "msgpack.dump",
        "msgpack.load",
        "msgpack.pack",
        "msgpack.unpack",
        "nbformat.read",
        "numpy.load",
        "numpy.loadtxt",
        "numpy.save",
        "orjson.loads",
        "os.fsync",
        "pandas.read_csv",
        "pandas.read_excel",
        "pandas.read_json",
        "pandas.read_parquet",
        "paramiko.SSHConfig.parse",
        "pickle.dump",
        "pickle.load",
        "plistlib.dump",
        "plistlib.load",
        "rapidjson.dump",
        "rapidjson.load",
        "ruamel.yaml.YAML.dump",
        "ruamel.yaml.YAML.load",
        "shutil.copyfileobj",
        "simplejson.dump",
        "simplejson.load",
        "toml.dump",
        "toml.load",
        "tomli.load",
        "tomli_w.dump",
        "tomlkit.dump",
        "tomlkit.load",
        "tomllib.load",
        "torch.load",
        "torch.save",
        "ujson.dump",
        "ujson.load",
        "xml.etree.ElementTree.parse",
        "xmltodict.parse",
        "yaml.dump",
        "yaml.dump_all",
        "yaml.full_load",
        "yaml.load",
        "yaml.safe_dump",
        "yaml.safe_load",
    }
)

# Methods, by bare name, that are done with what they are given: the log call that names it, the format text.
BORROWING_METHODS: frozenset[str] = frozenset(
    {"debug", "info", "warning", "error", "exception", "critical", "format", "readfp", "read_file", "writerow"}
)

# Functions that only look at what a list holds which they are given.
LOOKING_INTO: frozenset[str] = frozenset({"select.select"})

# Calls whose result reads on from, or writes on to, what they were given and does not close it.
WRAPPERS: frozenset[str] = frozenset(
    {
        "asyncio.wait_for",
        "builtins.enumerate",
        "builtins.filter",
        "builtins.iter",
        "builtins.map",
        "builtins.reversed",
        "builtins.zip",
        "csv.DictReader",
        "csv.DictWriter",
        "csv.reader",
        "csv.writer",
        "itertools.chain",
        "itertools.islice",
        "typing.cast",
        "yaml.load_all",
        "yaml.safe_load_all",
    }
)

# Methods whose result lives no longer than the object they are called on.
DEPENDENT_METHODS: frozenset[str] = frozenset(
    {
        "__aenter__",
        "__enter__",
        "begin",
        "bind",
        "bucket",
        "channel",
        "collection",
        "connect",
        "cursor",
        "database",
        "detach",
        "execution_options",
        "extractfile",
        "ft",
        "get_blob_client",
        "get_bucket",
        "get_collection",
        "get_container_client",
        "get_database",
        "get_default_database",
        "get_directory_client",
        "get_file_client",
        "get_queue_client",
        "get_receiver",
        "get_sender",
        "get_subscription_receiver",
        "get_table_client",
        "get_topic_sender",
        "get_transport",
        "getmember",
        "getresponse",
        "graph",
        "invoke_shell",
        "makefile",
        "open",
        "open_session",
        "open_sftp",
        "options",
        "pipeline",
        "pubsub",
        "raw_connection",
        "register_script",
        "result",
        "select_graph",
        "session",
        "start_session",
        "stream",
        "topic",
        "with_options",
        "with_raw_response",
    }
)

# Attributes that hand out what the object owns.
DETACHED: frozenset[str] = frozenset({"stdin", "stdout", "stderr", "buffer", "raw", "file"})

# Attributes that are plain data: whoever gets one cannot use the object by it.
PLAIN_ATTRIBUTES: frozenset[str] = frozenset(
    {
        "closed",
        "encoding",
        "format",
        "height",
        "host",
        "info",
        "mode",
        "n_frames",
        "name",
        "pid",
        "port",
        "returncode",
        "size",
        "status",
        "url",
        "width",
    }
)

# Base classes that close nothing for their subclasses.
PLAIN_BASES: frozenset[str] = frozenset(
    {
        "abc.ABC",
        "builtins.object",
        "builtins.Exception",
        "enum.Enum",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Protocol",
    }
)

# Calls after which the operating system closes everything.
PROCESS_ENDS: frozenset[str] = frozenset(
    {"sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort", "os.execv", "os.execve", "os.execvp"}
)

# Calls that give several things, and the place of the one that has to be closed.
CLOSED_PLACES: dict[str, int] = {"asyncio.open_connection": 1, "asyncio.open_unix_connection": 1}

# Modules whose functions raise OSError where the system refuses something, methods of files and sockets that raise
# nothing else, and the names of that failure.
OS_MODULES: tuple[str, ...] = ("fcntl.", "msvcrt.", "os.", "shutil.")
OS_METHODS: frozenset[str] = frozenset(
    {
        "bind",
        "connect",
        "fileno",
        "flush",
        "listen",
        "seek",
        "sendall",
        "setblocking",
        "setsockopt",
        "settimeout",
        "shutdown",
        "tell",
        "truncate",
    }
)
OS_ERRORS: frozenset[str] = frozenset({"EnvironmentError", "IOError", "OSError", "error"})
