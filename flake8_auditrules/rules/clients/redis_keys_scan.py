"""AUD210: KEYS on a Redis server, which stops it while it looks through all keys."""

from __future__ import annotations

import ast

from flake8_auditrules.rule import Category, Rule, Severity
from flake8_auditrules.semantics.module import Module

_CLIENTS = frozenset({"redis.Redis", "redis.asyncio.Redis", "coredis.Redis", "fakeredis.FakeRedis"})
_WILDCARDS = "*?["


class RedisKeysScan(Rule):
    """
    ## What it does
    Finds `KEYS pattern` on a Redis client: `client.keys("session:*")`, `client.execute_command("KEYS", ...)`.

    ## Why it matters
    A Redis server does one thing at a time. `KEYS` compares the pattern with every key of the database before it
    answers, and until then no other client is served: with millions of keys all users wait for seconds. The
    documentation of Redis warns against it in production.

    ## When to silence it
    When the database is known to stay small, as in a tool for development.
    """

    code = "AUD210"
    severity = Severity.HIGH
    category = Category.PERFORMANCE
    since = "0.1.0"
    call_names = ("keys", "execute_command", "scan_iter")
    message = "`{call}` stops the Redis server while it looks through all keys; use `scan_iter`"
    examined = "searches of Redis's keys leave the server free"

    bad = (
        """
        import redis

        def sessions(client: redis.Redis):
            return [client.get(key) for key in client.keys("session:*")]  # AUD210
        """,
    )
    good = (
        """
        import redis

        def sessions(client: redis.Redis):
            return [client.get(key) for key in client.scan_iter("session:*")]
        """,
    )

    def visit_Call(self, node: ast.Call) -> None:
        """Report KEYS."""
        function = node.func
        if not isinstance(function, ast.Attribute):
            return
        if function.attr == "scan_iter":
            if _is_redis(self.module, function.value, None):
                self.passed(node)
            return
        if not node.args and not node.keywords:
            # A dict's `keys()`; a Redis client's without a pattern gives all keys just as well.
            if function.attr == "execute_command" or self.module.instance_of(function.value) not in _CLIENTS:
                return
        elif function.attr == "keys":
            if not _is_redis(self.module, function.value, self.module.argument(node, "pattern", 0)):
                return
        elif not _is_keys_command(node) or not _is_redis(self.module, function.value, None):
            return
        if not self.module.is_test:
            self.report(node, call=self.module.text(node))


def _is_keys_command(call: ast.Call) -> bool:
    command = call.args[0] if call.args else None
    return isinstance(command, ast.Constant) and str(command.value).upper().startswith("KEYS")


def _is_redis(module: Module, receiver: ast.expr, pattern: ast.expr | None) -> bool:
    """Whether the receiver is a Redis client by its class or, with a written pattern, by its name."""
    held = module.instance_of(receiver)
    if held is not None:
        return any(ancestor in _CLIENTS for ancestor in module.instances.ancestry(held))
    return pattern is not None and _has_wildcard(pattern) and "redis" in module.text(receiver).lower()


def _has_wildcard(pattern: ast.expr) -> bool:
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(mark in node.value for mark in _WILDCARDS)
        for node in ast.walk(pattern)
    )
