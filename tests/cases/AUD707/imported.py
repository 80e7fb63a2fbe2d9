import sys
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE))  # AUD707
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))  # AUD707


def load():
    sys.path.extend([str(HERE / "plugins")])


def load_from(folder):
    sys.path.insert(0, str(folder))


@contextmanager
def on_path():
    sys.path.insert(0, str(HERE))
    try:
        yield
    finally:
        sys.path.remove(str(HERE))


def shown():
    return list(sys.path)
