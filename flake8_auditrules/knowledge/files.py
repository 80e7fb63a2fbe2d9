"""Files: what opens one, what makes a temporary one, what removes one."""

from __future__ import annotations

from flake8_auditrules.records import NamedTuple


class Opener(NamedTuple):
    """
    How a call opens something that has to be closed.

    `path` is the keyword of its first parameter where that may also be an open file or a buffer ("" where it
    is always a path), `given` the keyword by which an open file is given, `closers` what closes the result.
    """

    closers: tuple[str, ...] = ("close",)
    path: str = ""
    given: str = ""


_CLOSED = Opener()

# From the documentation of the standard library.
OPENERS: dict[str, Opener] = {
    "builtins.open": _CLOSED,
    "pathlib.Path.open": _CLOSED,
    "codecs.open": _CLOSED,
    "gzip.open": Opener(path="filename"),
    "bz2.open": Opener(path="filename"),
    "lzma.open": Opener(path="filename"),
    "gzip.GzipFile": Opener(path="filename", given="fileobj"),
    "bz2.BZ2File": Opener(path="filename"),
    "lzma.LZMAFile": Opener(path="filename"),
    "tarfile.open": Opener(path="name", given="fileobj"),
    "tarfile.TarFile": Opener(path="name", given="fileobj"),
    "tarfile.TarFile.open": Opener(path="name", given="fileobj"),
    "zipfile.ZipFile": Opener(path="file"),
    "wave.open": Opener(path="f"),
    "shelve.open": _CLOSED,
    "dbm.open": _CLOSED,
    "os.fdopen": _CLOSED,
    "tempfile.NamedTemporaryFile": _CLOSED,
    "tempfile.TemporaryFile": _CLOSED,
}

# Calls that read the files that they are given and leave them open, and the arguments that take files.
UPLOADS: frozenset[str] = frozenset(
    f"{owner}.{verb}"
    for owner in ("requests", "requests.Session", "httpx", "httpx.Client", "httpx.AsyncClient")
    for verb in ("delete", "patch", "post", "put", "request")
)
UPLOADED_BY = frozenset({"content", "data", "files"})

IMAGE = "PIL.Image.open"
# What can be read of an image without loading it; only loading closes the file of `Image.open(path)`.
IMAGE_HEADER = frozenset({"size", "width", "height", "format", "mode", "info", "is_animated", "n_frames"})

PATH_CLASSES = frozenset({"builtins.str", "pathlib.Path", "pathlib.PurePath"})
PATH_FUNCTIONS = frozenset(
    {
        "builtins.str",
        "os.fspath",
        "os.path.abspath",
        "os.path.expanduser",
        "os.path.join",
        "os.path.realpath",
        "pathlib.Path.joinpath",
        "pathlib.Path.resolve",
        "pathlib.Path.with_suffix",
    }
)
PATH_NAMES = ("path", "filename", "file_name", "filepath")

# What makes a temporary file or folder that nobody removes unless told to.
TEMPORARY_FOLDER = "tempfile.mkdtemp"
TEMPORARY_DESCRIPTOR = "tempfile.mkstemp"
TEMPORARY_FILE = "tempfile.NamedTemporaryFile"

# Functions that make a path or text of the path that they are given.
PATH_MAKERS = frozenset(
    {
        "builtins.str",
        "os.fsdecode",
        "os.fspath",
        "os.path.abspath",
        "os.path.join",
        "os.path.normpath",
        "os.path.realpath",
        "pathlib.Path",
        "pathlib.PurePath",
    }
)
PATH_METHODS = frozenset(
    {"absolute", "as_posix", "expanduser", "joinpath", "resolve", "with_name", "with_suffix", "format"}
)
