import asyncio
import threading

module_lock = threading.Lock()
loop_lock = threading.RLock()
task_lock = asyncio.Lock()


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
    for value in values:
        loop_lock.acquire()  # AUD112
        if value is None:
            break
        loop_lock.release()


class Never:
    def __init__(self):
        self._lock = threading.Lock()

    def take(self):
        self._lock.acquire()  # AUD112
        return 1


async def fails(load):
    await task_lock.acquire()  # AUD112
    rows = await load()
    task_lock.release()
    return rows
