"""Tasks: what makes one, what waits for one, and what waits for a peer without an end."""

from __future__ import annotations

# Functions and methods whose result is a task that runs by itself; the event loop keeps only a weak reference to
# it (docs.python.org, asyncio.create_task). Task groups and nurseries keep theirs.
CREATING = frozenset(
    {
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.AbstractEventLoop.create_task",
        "asyncio.BaseEventLoop.create_task",
    }
)

# What looks at a task and keeps no reference to it.
GLANCES = frozenset({"set_name", "get_name", "get_coro", "get_stack", "print_stack", "done", "cancelled"})

# Methods that put something into a container.
PUTTING = frozenset({"append", "add", "appendleft"})

# Functions that are handed a callback whose result they drop.
CALLBACK_TAKERS: dict[str, tuple[str, int]] = {
    "asyncio.AbstractEventLoop.call_soon": ("callback", 0),
    "asyncio.AbstractEventLoop.call_soon_threadsafe": ("callback", 0),
    "asyncio.AbstractEventLoop.call_later": ("callback", 1),
    "asyncio.AbstractEventLoop.call_at": ("callback", 1),
    "asyncio.AbstractEventLoop.add_signal_handler": ("callback", 1),
}
