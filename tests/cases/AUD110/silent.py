import asyncio
import contextlib


async def ends(read):
    try:
        await read()
    except asyncio.CancelledError:
        print("stopped")


async def leaves_the_loop(read):
    while True:
        try:
            await read()
        except asyncio.CancelledError:
            break


async def returns(read, again):
    while True:
        try:
            await read()
        except BaseException:
            return await again()


async def stops_a_task(task, client):
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    await client.aclose()


async def stops_tasks(tasks, client):
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)
    await client.aclose()


async def asks(read):
    while True:
        try:
            await read()
        except asyncio.CancelledError:
            if asyncio.current_task().cancelling():
                raise


async def tells_apart(self, read):
    while True:
        try:
            await read()
        except asyncio.CancelledError:
            if self.stopping:
                return
            print("a job was cancelled")


async def keeps_it(read, tidy):
    failure = None
    try:
        await read()
    except BaseException as error:
        failure = error
    await tidy()
    if failure is not None:
        raise failure


async def collects(contexts):
    errors = []
    for context in contexts:
        try:
            await context.run()
        except (Exception, asyncio.CancelledError) as error:
            errors.append(error)
    raise ExceptionGroup("failed", errors)


async def tidies_up(clients):
    for client in clients:
        try:
            await client.aclose()
        except BaseException as error:
            print("not closed", error)


async def unwinds(read, tell, finish):
    try:
        await read()
    finally:
        try:
            await tell()
        except asyncio.CancelledError:
            pass
        await finish()


def plain(read):
    while True:
        try:
            read()
        except BaseException:
            pass


async def nothing_waits(read, wait):
    while True:
        try:
            read()
        except BaseException:
            pass
        await wait()


async def taken_before(read):
    while True:
        try:
            await read()
        except asyncio.CancelledError:
            raise
        except BaseException:
            print("failed")


async def goes_on_after_one_class(read):
    while True:
        try:
            await read()
        except BaseException as error:
            if not isinstance(error, ValueError):
                raise


async def raises_cancellations(read):
    while True:
        try:
            await read()
        except BaseException as error:
            if isinstance(error, (KeyboardInterrupt, asyncio.CancelledError)):
                raise
            print("failed", error)
