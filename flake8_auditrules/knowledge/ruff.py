"""Functions that rules of ruff know by name: the plain forms of what this suite reports too."""

_VERBS = ("delete", "get", "head", "options", "patch", "post", "put", "request")

# RUF006: functions whose task must be kept.
CREATING_TASKS = frozenset({"asyncio.create_task", "asyncio.ensure_future"})

# S113 and S501 look at these; where requests waits for ever by itself, httpx does so only with `timeout=None`.
REQUESTS = frozenset(f"requests.{verb}" for verb in _VERBS)
HTTPX = frozenset(f"httpx.{name}" for name in (*_VERBS, "stream", "Client", "AsyncClient"))
