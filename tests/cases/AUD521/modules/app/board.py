import threading

from app.feed import Feed, pause

lock = threading.Lock()
results = {}


def refresh(feed_url: str, names: list[str]) -> None:
    feed = Feed(feed_url)
    for name in names:
        with lock:
            results[name] = feed.latest(name)  # AUD521


def wait() -> None:
    with lock:
        pause()  # AUD521


def label(feed_url: str) -> None:
    feed = Feed(feed_url)
    with lock:
        results["label"] = feed.label()


def only_sometimes(feed_url: str, name: str) -> None:
    feed = Feed(feed_url)
    with lock:
        results[name] = feed.perhaps(name)


def before(feed_url: str, name: str) -> None:
    feed = Feed(feed_url)
    text = feed.latest(name)
    with lock:
        results[name] = text


def read(name: str) -> str:
    with lock:
        return results[name]


class Board:
    """Lock and feed stand on the same object: the lock is there for the feed."""

    def __init__(self, feed: Feed) -> None:
        self._lock = threading.Lock()
        self._feed = feed
        self._texts: dict[str, str] = {}

    def text(self, name: str) -> str:
        with self._lock:
            return self._feed.latest(name)

    def known(self, name: str) -> str:
        with self._lock:
            return self._texts[name]


class Jobs:
    """All that takes this lock works long: it is there for that."""

    def __init__(self) -> None:
        self._job_lock = threading.Lock()
        self.count = 0

    def first(self) -> None:
        with self._job_lock:
            pause()

    def second(self) -> None:
        with self._job_lock:
            self.count += 1
            pause()
