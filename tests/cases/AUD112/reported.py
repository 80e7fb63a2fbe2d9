import asyncio
import threading

module_lock = threading.Lock()


def early_return(values, value):
    module_lock.acquire()  # AUD112
    if value in values:
        return False
    module_lock.release()
    return True


def raises(values, value):
    module_lock.acquire()  # AUD112
    if value not in values:
        raise KeyError(value)
    module_lock.release()
    return True


def in_a_loop(values):
    lock = threading.RLock()
    for value in values:
        lock.acquire()  # AUD112
        if value is None:
            break
        lock.release()


class Never:
    def __init__(self):
        self._lock = threading.Lock()

    def take(self):
        self._lock.acquire()  # AUD112
        return 1


async def fails(load):
    lock = asyncio.Lock()
    await lock.acquire()  # AUD112
    rows = await load()
    lock.release()
    return rows
