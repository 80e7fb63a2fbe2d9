"""A function that gives a lock away for a while and takes it back."""

import threading

lock = threading.Lock()


def put(queue, task):
    while True:
        try:
            lock.release()
            queue.put(task, timeout=3)
            return
        except OSError:
            print("full")
        finally:
            lock.acquire()
