"""Retries: decorators that call a function again when it raises."""

from __future__ import annotations

# Calls of these, or the names themselves, decorate a function. Each calls the function and looks at what the call
# itself raises, so the body of a generator is out of its sight. stamina looks into generators and is not here.
DECORATORS = frozenset(
    {
        "tenacity.retry",
        "tenacity.Retrying.wraps",
        "tenacity.AsyncRetrying.wraps",
        "backoff.on_exception",
        "backoff.on_predicate",
        "retrying.retry",
        "retry.retry",
    }
)

# Decorators that may stand beside a retry and hand the generator on as it is, or run it only later.
KEEP_GENERATORS = frozenset(
    {
        "contextlib.contextmanager",
        "contextlib.asynccontextmanager",
        "builtins.staticmethod",
        "builtins.classmethod",
        "pytest.fixture",
        "typing.no_type_check",
    }
)
