"""Numbers that the code itself tells from None: what a zero means is decided there."""

from typing import Optional


class Limiter:
    def __init__(self, rate: Optional[int] = None, burst: Optional[int] = None, share: Optional[int] = None):
        self.rate = rate or 10
        self.burst = burst if burst is not None else 20
        self.share = share
        if share is not None and share < 1:
            raise ValueError("no share")

    def check(self, key, burst: Optional[int] = None, rate: Optional[int] = None):
        return key, burst or self.burst, rate or self.rate  # AUD706

    def shared(self, share: Optional[int] = None):
        if share is None:
            return self.share
        return share or self.share


def wait(seconds, pause: Optional[float], step: Optional[float]):
    if pause is not None:
        seconds += 1
    return (pause or 5.0), (step or 1.0), (pause or 0)  # AUD706


def grows(lines: Optional[int] = None):
    lines = lines or 3
    return lines if lines is not None else 0


def one_of(limit: Optional[int] = None, guarded: Optional[bool] = None):
    both = limit or guarded
    return both if limit is not None else None


def cut(cap: Optional[int], used: int):
    most = min(cap or 100, 100)
    return None if cap is not None and used > most else most


def ask(timeout: Optional[float] = None):
    if timeout is None:
        return 0
    return timeout or 30.0


def route(path, status_code: Optional[int] = None, port: Optional[int] = None, retries: Optional[int] = None):
    if status_code is not None or port is not None or retries is not None:
        return path, status_code or 200, port or 80, retries or 3  # AUD706
    return path


def read(lines: list[str], start_line: int | None = None):
    if start_line is not None:
        lines = lines[start_line - 1 :]
    return list(enumerate(lines, start=start_line or 1))


def scale(width: int | None = None, height: int | None = None):
    if width is not None or height is not None:
        return int(width or 1) * int(height or 1)
    return 0


def part(lines: list[str], offset: int | None = None, count: int | None = None):
    if offset is not None or count is not None:
        first = max(0, (offset or 1) - 1)
        return lines[first : first + (count or 20)]  # AUD706
    return lines
