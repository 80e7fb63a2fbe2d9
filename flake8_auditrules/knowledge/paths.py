"""Paths: what opens, reads, changes or serves what a path names, and what builds paths."""

from __future__ import annotations

# Function -> the argument that is the path: its keyword and 0-based position.
FUNCTIONS: dict[str, tuple[str, int]] = {
    "builtins.open": ("file", 0),
    "io.open": ("file", 0),
    "aiofiles.open": ("file", 0),
    "anyio.open_file": ("file", 0),
    "os.open": ("path", 0),
    "os.mkdir": ("path", 0),
    "os.makedirs": ("name", 0),
    "os.remove": ("path", 0),
    "os.unlink": ("path", 0),
    "os.rmdir": ("path", 0),
    "os.listdir": ("path", 0),
    "os.scandir": ("path", 0),
    "os.walk": ("top", 0),
    "os.rename": ("src", 0),
    "os.replace": ("src", 0),
    "shutil.rmtree": ("path", 0),
    "shutil.copy": ("src", 0),
    "shutil.copy2": ("src", 0),
    "shutil.copyfile": ("src", 0),
    "shutil.copytree": ("src", 0),
    "shutil.move": ("src", 0),
    "aiofiles.os.remove": ("path", 0),
    "aiofiles.os.unlink": ("path", 0),
    "fastapi.responses.FileResponse": ("path", 0),
    "starlette.responses.FileResponse": ("path", 0),
    "aiohttp.web.FileResponse": ("path", 0),
    "django.http.FileResponse": ("open_file", 0),
    "flask.send_file": ("path_or_file", 0),
    "quart.send_file": ("filename_or_io", 0),
    "zipfile.ZipFile": ("file", 0),
    "tarfile.open": ("name", 0),
    "PIL.Image.open": ("fp", 0),
    "pandas.read_csv": ("filepath_or_buffer", 0),
}

# Methods of `pathlib.Path`: what has one and is made by `/` or of a text is a path, for a text has none of them.
METHODS = frozenset(
    {
        "mkdir",
        "open",
        "touch",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "unlink",
        "rmdir",
        "iterdir",
    }
)

# What works on a whole folder.
OF_FOLDERS = frozenset({"rmtree", "listdir", "scandir", "walk", "copytree", "iterdir", "rmdir"})

# What only reads a file, and what does so unless its mode says otherwise.
READING = frozenset({"FileResponse", "read_bytes", "read_csv", "read_text", "send_file"})
OPENING = frozenset({"ZipFile", "open", "open_file"})

# What tells the names in a folder.
LISTING = frozenset({"listdir", "scandir", "walk", "iterdir"})

# Calls that join or wrap paths: the result leads where the arguments lead (docs.python.org: `os.path.join` and
# `/` drop all before an absolute part, and keep `..`).
BUILDERS = frozenset(
    {
        "os.path.abspath",
        "os.path.normpath",
        "os.path.realpath",
        "os.path.join",
        "os.path.expanduser",
        "os.fspath",
        "pathlib.Path",
        "pathlib.PurePath",
        "pathlib.PosixPath",
        "anyio.Path",
        "aiopath.AsyncPath",
    }
)

# Calls that give an absolute path of the machine whatever they are given (docs.python.org).
ABSOLUTE = frozenset(
    {
        "os.getcwd",
        "pathlib.Path.cwd",
        "pathlib.Path.home",
        "tempfile.gettempdir",
        "tempfile.mkdtemp",
        "tempfile.TemporaryDirectory",
        *(
            f"{library}.{kind}_{what}_dir"
            for library in ("platformdirs", "appdirs")
            for kind in ("user", "site")
            for what in ("cache", "config", "data", "log", "state")
        ),
    }
)

# Calls, and methods of `Path`, that make a path absolute.
MADE_ABSOLUTE = frozenset({"os.path.abspath", "os.path.realpath", "os.path.expanduser"})
MAKING_ABSOLUTE = frozenset({"absolute", "expanduser", "resolve"})

# Calls, methods and attributes whose result starts where the path starts.
KEEPING = frozenset({"os.path.dirname", "os.path.normpath"})
KEEPING_METHODS = frozenset({"as_posix", "joinpath", "with_name", "with_suffix"})
LEADING = frozenset({"parent"})
