import asyncio
import threading


class Topics:
    def __init__(self):
        self._lock = threading.Lock()
        self._by_topic = {}
        self._again = threading.RLock()
        self._listeners = []
        self._condition = threading.Condition(threading.Lock())
        self._waiters = set()
        self._steps = [print]

    def subscribe(self, topic, listener):
        with self._lock:
            self._by_topic[topic] = listener

    def publish(self, event):
        with self._lock:
            for topic, listener in self._by_topic.items():
                listener(topic, event)  # AUD522

    def publish_one(self, topic, event):
        with self._lock:
            self._by_topic[topic](event)  # AUD522

    def publish_copy_inside(self, event):
        with self._lock:
            for listener in list(self._by_topic.values()):
                listener(event)  # AUD522

    def publish_outside(self, event):
        with self._lock:
            listeners = list(self._by_topic.values())
        for listener in listeners:
            listener(event)

    def count(self):
        with self._lock:
            return sum(len(topic) for topic in self._by_topic)

    def listen(self, listener):
        with self._again:
            self._listeners.append(listener)

    def tell(self, event):
        with self._again:
            for listener in self._listeners:
                listener(event)

    def wait_with(self, waiter):
        with self._condition:
            self._waiters.add(waiter)

    def wake(self):
        with self._condition:
            for waiter in self._waiters:
                waiter()  # AUD522

    def own_steps(self):
        """Nobody registers these."""
        with self._lock:
            for step in self._steps:
                step("now")

    def methods_of_elements(self):
        with self._lock:
            for topic in self._by_topic:
                topic.upper()


class Tasks:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._listeners = []

    async def listen(self, listener):
        async with self._lock:
            self._listeners.append(listener)

    async def tell(self, event):
        async with self._lock:
            for listener in self._listeners:
                await listener(event)  # AUD522
