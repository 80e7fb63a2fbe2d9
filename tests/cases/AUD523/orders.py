import asyncio
import threading

first = threading.Lock()
second = threading.Lock()
third = threading.Lock()


def one_way():
    with first:
        takes_second()


def takes_second():
    with second:
        print("both")


def other_way():
    with second, first:  # AUD523
        print("both")


def under_a_third():
    with third:
        with first:
            print("ordered")


class Guarded:
    def __init__(self):
        self._lock = threading.Lock()
        self._again = threading.RLock()
        self._slots = threading.Semaphore(2)
        self._condition = threading.Condition(self._lock)
        self._task_lock = asyncio.Lock()
        self._left = threading.Lock()
        self._right = threading.Lock()
        self._outer = threading.Lock()
        self.rows = []

    def add(self, row):
        with self._lock:
            self._append(row)  # AUD523

    def _append(self, row):
        self.rows.append(row)
        self.count()

    def count(self):
        with self._lock:
            return len(self.rows)

    def twice(self):
        with self._lock:
            with self._lock:  # AUD523
                return len(self.rows)

    def after(self):
        with self._lock:
            self.rows.clear()
        return self.count()

    def other_object(self, other: "Guarded"):
        with self._lock:
            return other.count()

    def later(self, pool):
        with self._lock:
            pool.submit(self.count)

    def in_lambda(self):
        with self._lock:
            self.rows.append(lambda: self.count())

    def reentrant(self):
        with self._again:
            self.reentrant_inner()

    def reentrant_inner(self):
        with self._again:
            self.rows.clear()

    def counted(self):
        with self._slots:
            self.counted_inner()

    def counted_inner(self):
        with self._slots:
            self.rows.clear()

    def knows(self):
        with self._lock:
            self.conditional(True)

    def conditional(self, is_held):
        if not is_held:
            with self._lock:
                self.rows.clear()

    def asks_who(self):
        with self._lock:
            self.if_free()

    def if_free(self):
        if not self._lock.locked():
            with self._lock:
                self.rows.clear()

    def gives_up(self):
        with self._lock:
            self._lock.release()
            try:
                self.count()
            finally:
                self._lock.acquire()

    async def in_tasks(self):
        async with self._task_lock:
            await self.in_tasks_inner()  # AUD523

    async def in_tasks_inner(self):
        async with self._task_lock:
            self.rows.clear()

    async def started_only(self):
        async with self._task_lock:
            asyncio.create_task(self.in_tasks_inner())

    def left_first(self):
        with self._outer:
            with self._left:
                with self._right:
                    self.rows.clear()

    def right_first(self):
        """The outer lock keeps the two apart."""
        with self._outer:
            with self._right:
                with self._left:
                    self.rows.clear()
