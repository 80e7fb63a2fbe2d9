"""Offloading: what runs a function elsewhere than on the thread that hands it over."""

from __future__ import annotations

# Functions that run one of their arguments in another thread or process: qualified name -> position and
# keyword of that argument.
HANDED_OFF: dict[str, tuple[int, str]] = {
    "asyncio.to_thread": (0, "func"),
    "asyncio.AbstractEventLoop.run_in_executor": (1, "func"),
    "anyio.to_thread.run_sync": (0, "func"),
    "anyio.to_process.run_sync": (0, "func"),
    "anyio.to_interpreter.run_sync": (0, "func"),
    "trio.to_thread.run_sync": (0, "sync_fn"),
    "starlette.concurrency.run_in_threadpool": (0, "func"),
    "fastapi.concurrency.run_in_threadpool": (0, "func"),
    "starlette.concurrency.iterate_in_threadpool": (0, "iterator"),
    "starlette.background.BackgroundTask": (0, "func"),
    "starlette.background.BackgroundTasks.add_task": (0, "func"),
    "fastapi.BackgroundTasks.add_task": (0, "func"),
    "concurrent.futures.Executor.submit": (0, "fn"),
    "concurrent.futures.ThreadPoolExecutor.submit": (0, "fn"),
    "concurrent.futures.ProcessPoolExecutor.submit": (0, "fn"),
    "concurrent.futures.Executor.map": (0, "fn"),
    "concurrent.futures.ThreadPoolExecutor.map": (0, "fn"),
    "concurrent.futures.ProcessPoolExecutor.map": (0, "fn"),
    "threading.Thread": (1, "target"),
    "threading.Timer": (1, "function"),
    "multiprocessing.Process": (1, "target"),
    "multiprocessing.Pool.apply_async": (0, "func"),
    "multiprocessing.Pool.map_async": (0, "func"),
    "asgiref.sync.sync_to_async": (0, "func"),
    "sqlalchemy.ext.asyncio.AsyncSession.run_sync": (0, "fn"),
    "sqlalchemy.ext.asyncio.AsyncConnection.run_sync": (0, "fn"),
    "sqlalchemy.util.await_only": (0, "awaitable"),
    "tornado.ioloop.IOLoop.run_in_executor": (1, "func"),
    "gevent.spawn": (0, "run"),
    "_thread.start_new_thread": (0, "function"),
    "aiofiles.ospath.wrap": (0, "func"),
    "nicegui.run.io_bound": (0, "callback"),
    "nicegui.run.cpu_bound": (0, "callback"),
    "chainlit.make_async": (0, "function"),
    "asyncer.asyncify": (0, "function"),
    "twisted.internet.threads.deferToThread": (0, "f"),
}

# Of these, what is awaited and raises what the function raises.
IN_THREADS: frozenset[str] = frozenset(
    {
        "anyio.to_thread.run_sync",
        "asyncio.to_thread",
        "fastapi.concurrency.run_in_threadpool",
        "starlette.concurrency.run_in_threadpool",
    }
)

# Methods that hand a function over, by their bare names: for receivers whose class is not known.
METHODS: frozenset[str] = frozenset({"run_in_executor", "submit", "run_sync", "to_thread", "run_in_threadpool"})

# Decorators whose function no longer runs on the thread that calls it.
DECORATORS: frozenset[str] = frozenset(
    {
        "asgiref.sync.sync_to_async",
        "asyncer.asyncify",
        "channels.db.database_sync_to_async",
        "chainlit.make_async",
        "unsync.unsync",
        "ray.remote",
        "modal.App.function",
        "huey.Huey.task",
        "huey.RedisHuey.task",
        "huey.contrib.djhuey.task",
        "huey.contrib.djhuey.db_task",
        "dask.delayed",
        "joblib.delayed",
        "tornado.concurrent.run_on_executor",
        "pytest.fixture",
        "prefect.flow",
        "prefect.task",
        "dramatiq.actor()",
    }
)

# Parts of a decorator's own name that say that the function is run in another way than by calling it.
DECORATOR_HINTS: tuple[str, ...] = ("async", "dispatch", "thread", "background", "executor", "offload", "defer")

# Classes whose `on_...` methods, and objects whose `on_...` attributes, are called from a thread of the library.
CALLBACK_CLASSES: frozenset[str] = frozenset(
    {
        "watchdog.events.FileSystemEventHandler",
        "watchdog.events.PatternMatchingEventHandler",
        "watchdog.events.RegexMatchingEventHandler",
        "pynput.keyboard.Listener",
    }
)
CALLBACK_HOLDERS: frozenset[str] = frozenset({"paho.mqtt.client.Client", "websocket.WebSocketApp"})
