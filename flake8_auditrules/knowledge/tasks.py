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

# Decorators that call a coroutine again and again in one task: the next turn comes, whatever the last one caught.
PERIODIC = frozenset({"discord.ext.tasks.loop", "disnake.ext.tasks.loop", "nextcord.ext.tasks.loop"})

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

# Awaited methods that return only when somebody else does something, by the receiver's class.
PEERS: dict[str, frozenset[str]] = {
    "starlette.websockets.WebSocket": frozenset({"receive", "receive_text", "receive_json", "receive_bytes"}),
    "aiohttp.web.WebSocketResponse": frozenset({"receive", "receive_str", "receive_json", "receive_bytes"}),
    # The socket of the request that is being answered, which Quart keeps under this name.
    "quart.websocket": frozenset({"receive", "receive_json"}),
    "websockets.WebSocketServerProtocol": frozenset({"recv"}),
    "websockets.asyncio.server.ServerConnection": frozenset({"recv"}),
}
STREAM_READS = frozenset({"read", "readline", "readexactly", "readuntil"})
HANDSHAKE_WORDS = frozenset({"auth", "authenticate", "authenticated", "handshake", "hello", "login", "negotiate"})
SIGNALS: dict[str, frozenset[str]] = {
    "asyncio.Queue": frozenset({"get", "join"}),
    "asyncio.PriorityQueue": frozenset({"get", "join"}),
    "asyncio.LifoQueue": frozenset({"get", "join"}),
    "asyncio.Event": frozenset({"wait"}),
    "asyncio.Condition": frozenset({"wait", "wait_for"}),
}

# Methods that end the use of a resource, and names of methods that end an object's work.
CLOSING = frozenset({"close", "aclose", "disconnect", "dispose", "stop", "shutdown", "release", "quit"})
STOPPING = frozenset({"stop", "astop", "close", "aclose", "shutdown", "disconnect", "teardown", "__aexit__"})

# Queues that grow without a bound unless they are given `maxsize`, and whether their methods are coroutines.
QUEUES: dict[str, bool] = {
    "asyncio.Queue": True,
    "asyncio.PriorityQueue": True,
    "asyncio.LifoQueue": True,
    "queue.Queue": False,
    "queue.PriorityQueue": False,
    "queue.LifoQueue": False,
}
