"""What the first call can raise, and a handler before has taken."""

import asyncio
import os


def reads(file, feed, log):
    try:
        data = os.read(file, 8192)
        feed(data)
    except OSError:
        return None
    except Exception:
        log(data)


def reads_what_is_opened(file, feed, log):
    try:
        data = file.receive()
        feed(data)
    except OSError:
        return None
    except Exception:
        log(data)  # AUD306


def reads_under_one_handler(file, feed, log):
    try:
        data = os.read(file, 8192)
        feed(data)
    except ValueError:
        return None
    except Exception:
        log(data)  # AUD306


async def waits_for_the_next(queue, send, log):
    while True:
        try:
            message = await asyncio.wait_for(queue.get(), timeout=1.0)
            await send(message)
        except asyncio.TimeoutError:
            continue
        except Exception:
            log(message)


async def waits_for_an_answer(socket, send, log):
    while True:
        try:
            message = await asyncio.wait_for(socket.receive(), timeout=1.0)
            await send(message)
        except asyncio.TimeoutError:
            continue
        except Exception:
            log(message)  # AUD306
