import asyncio
import threading


async def work():
    return 1


def never_closed():
    loop = asyncio.new_event_loop()  # AUD108
    asyncio.set_event_loop(loop)
    return loop.run_until_complete(work())


def closed_on_one_way(flag):
    loop = asyncio.new_event_loop()  # AUD108
    if flag:
        return None
    loop.close()
    return flag


def closed_in_handler_too():
    loop = asyncio.new_event_loop()
    try:
        result = loop.run_until_complete(work())
    except BaseException:
        loop.close()
        raise
    loop.close()
    return result


def closed_when_made():
    loop = None
    try:
        loop = asyncio.new_event_loop()
        return loop.run_until_complete(work())
    finally:
        if loop is not None:
            loop.close()


def for_a_thread():
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()


def handed_on(register):
    loop = asyncio.new_event_loop()
    register(loop)


def returned():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


class Holder:
    def __init__(self):
        self.loop = asyncio.new_event_loop()


def runs_until_the_end():
    loop = asyncio.new_event_loop()
    loop.create_task(work())
    loop.run_forever()


if __name__ == "__main__":
    main_loop = asyncio.new_event_loop()
    main_loop.run_until_complete(work())


def kept_by_the_thread():
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop.run_until_complete(work())


def made_current():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(work())
    finally:
        loop.close()


def run_and_stop(job):
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(job())
    finally:
        loop.stop()
        loop.close()


def make_current():
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
