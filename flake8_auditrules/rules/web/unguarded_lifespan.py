"""AUD608: a stop of an application whose failure skips the other stops."""

from __future__ import annotations

import ast

from flake8_auditrules.project.lifespans import skipped_stops, starts_outside
from flake8_auditrules.rule import Category, Reach, Rule, Severity


class UnguardedLifespan(Rule):
    """
    ## What it does
    Finds the ends of lifespans, and `on_event("shutdown")` handlers, in which several things are stopped one after
    the other, or in a loop, and a failure of one skips the others. Each function is reported once, at the first
    such stop. What stops is told by its name. A stop fails that sends a request, that raises, or that waits for a
    task which may have died of an exception, outside a handler for all failures.

    Also starts that stand before the `try` whose `finally` stops them, where a later start, that is stopped there
    too or certainly can fail, stands before it as well.

    ## Why it matters
    The queue that cannot be reached while the program ends is the reason why the buffer after it is not written,
    the lease not given back, the worker process not ended.

    ## When to silence it
    When what comes later does not matter for a program that ends.
    """

    code = "AUD608"
    severity = Severity.MEDIUM
    category = Category.ERROR_HANDLING
    since = "0.1.0"
    message = "`{code}` {fact}; {cure}"
    examined = "ends of applications stop all that they have to"
    imports = ("fastapi", "starlette", "litestar", "quart")
    reach = Reach.CALLEES

    bad = (
        """
        from contextlib import asynccontextmanager

        from fastapi import FastAPI

        class Queue:
            async def send(self, text: str) -> None:
                raise ConnectionError("the broker is gone")

            async def stop(self) -> None:
                await self.send("bye")

        class Buffer:
            written = False

            async def flush(self) -> None:
                self.written = True

        queue = Queue()
        buffer = Buffer()

        @asynccontextmanager
        async def lifespan(app: FastAPI):
            yield
            await queue.stop()  # AUD608
            await buffer.flush()

        app = FastAPI(lifespan=lifespan)
        """,
        """
        from contextlib import asynccontextmanager

        from fastapi import FastAPI

        services = []

        @asynccontextmanager
        async def lifespan(app: FastAPI):
            for service in services:
                await service.start()
            yield
            for service in services:
                await service.stop()  # AUD608

        app = FastAPI(lifespan=lifespan)
        """,
    )
    good = (
        """
        from contextlib import AsyncExitStack, asynccontextmanager

        from fastapi import FastAPI

        class Queue:
            async def send(self, text: str) -> None:
                raise ConnectionError("the broker is gone")

            async def stop(self) -> None:
                await self.send("bye")

        class Buffer:
            written = False

            async def flush(self) -> None:
                self.written = True

        queue = Queue()
        buffer = Buffer()

        @asynccontextmanager
        async def lifespan(app: FastAPI):
            async with AsyncExitStack() as stack:
                stack.push_async_callback(buffer.flush)
                stack.push_async_callback(queue.stop)
                yield

        app = FastAPI(lifespan=lifespan)
        """,
        """
        import logging
        from contextlib import asynccontextmanager

        from fastapi import FastAPI

        logger = logging.getLogger(__name__)
        services = []

        @asynccontextmanager
        async def lifespan(app: FastAPI):
            for service in services:
                await service.start()
            yield
            for service in services:
                try:
                    await service.stop()
                except Exception:
                    logger.exception("%r does not stop", service)

        app = FastAPI(lifespan=lifespan)
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the first stop of each lifespan whose failure skips another."""
        module = self.module
        if module.is_test:
            return
        for function, found in skipped_stops(self.project, module):
            if found is None:
                self.passed(function)
                continue
            skipped = "the others" if found.skipped is None else f"`{module.call_text(found.skipped)}`"
            stop = module.call_text(found.stop) if isinstance(found.stop, ast.Call) else module.text(found.stop)
            fact, cure = f"that fails skips {skipped}", "use an AsyncExitStack or guard each stop"
            self.report(found.stop, code=stop, fact=fact, cure=cure)
        for start, failing in starts_outside(self.project, module):
            self.report(
                start,
                code=module.call_text(start),
                fact=f"stays when `{module.call_text(failing)}` fails, before the `try` that stops it",
                cure="use an AsyncExitStack or begin the `try` before",
            )
