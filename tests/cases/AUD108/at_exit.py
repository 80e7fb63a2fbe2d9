"""What runs at the exit of the process, and futures that are given a result."""

import asyncio
import atexit
from concurrent.futures import Future
from multiprocessing import Process


class Runner:
    def __init__(self, work):
        self.work = work
        self.started = Future()

    def run(self):
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        self.started.set_result(None)
        try:
            loop.run_until_complete(self.work())
        finally:
            loop.close()


def _close_all():
    try:
        loop = asyncio.new_event_loop()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
    except RuntimeError:
        pass


atexit.register(_close_all)


class Server:
    def __init__(self, serve, started):
        self.serve = serve
        self.started = started

    def run(self):
        loop = asyncio.new_event_loop()
        self.started.set()
        try:
            loop.run_until_complete(self.serve())
        finally:
            loop.close()


def consume(connect, serve):
    loop = asyncio.new_event_loop()
    connection = connect(loop)
    try:
        loop.run_until_complete(serve(connection))
    finally:
        loop.close()


def consume_unguarded(prepare, serve):
    loop = asyncio.new_event_loop()  # AUD108
    connection = loop.run_until_complete(prepare())
    try:
        loop.run_until_complete(serve(connection))
    finally:
        loop.close()


class Backend:
    def __init__(self, writer):
        self.process = Process(target=Backend.worker, args=(writer,), daemon=True)

    @staticmethod
    def worker(writer):
        try:
            loop = asyncio.new_event_loop()
            loop.run_until_complete(writer())
        except KeyboardInterrupt:
            pass


def run(main, close_pool):
    try:
        asyncio.run(main())
    finally:
        try:
            loop = asyncio.new_event_loop()
            loop.run_until_complete(close_pool())
            loop.close()
        except OSError:
            pass
