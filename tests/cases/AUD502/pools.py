import asyncio
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool

from fastapi import FastAPI

app = FastAPI()
shared = ThreadPoolExecutor(4)


def around_a_batch(work, items):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(work, items))


def shut_down(work, items):
    pool = ThreadPoolExecutor(4)
    try:
        return list(pool.map(work, items))
    finally:
        pool.shutdown(wait=False)


def returned():
    return ThreadPoolExecutor(4)


def handed_on(server):
    pool = ThreadPoolExecutor(4)
    server.add_executor(pool)
    return server


class Keeper:
    def __init__(self):
        self.pool = ThreadPoolExecutor(4)


def sized_by_the_turn(work, groups):
    for group in groups:
        with ThreadPoolExecutor(len(group) or 1) as pool:
            yield from pool.map(work, group)


def tried_again(work, items):
    for _ in range(3):
        with ProcessPoolExecutor(2) as pool:
            found = list(pool.map(work, items))
            if found:
                return found
    return []


def forgotten(work, items):
    pool = Pool(4)  # AUD502
    return pool.map(work, items)


def inline(work):
    return ThreadPoolExecutor(1).submit(work).result()  # AUD502


def not_when_it_raises(work, items):
    pool = ThreadPoolExecutor(4)  # AUD502
    found = list(pool.map(work, items))
    pool.shutdown()
    return found


def each_turn(work, groups):
    for group in groups:
        with ProcessPoolExecutor(4) as pool:  # AUD502
            list(pool.map(work, group))


@app.get("/one")
async def one(work):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as pool:  # AUD502
        return await loop.run_in_executor(pool, work)


@app.get("/many")
def many(work, items):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(work, items))


def serve(inbox, handle):
    pool = ThreadPoolExecutor(max_workers=4)
    while True:
        message = inbox.get()
        if message is None:
            pool.shutdown()
            return
        pool.submit(handle, message)


def run_all(coroutines):
    for coroutine in coroutines:
        try:
            asyncio.run(coroutine)
        except RuntimeError:
            with ThreadPoolExecutor(max_workers=1) as pool:
                pool.submit(asyncio.run, coroutine).result()


def serve_for_ever(feeds):
    pool = ThreadPoolExecutor(max_workers=4)
    while True:
        for feed in feeds:
            pool.submit(feed.poll)
        time.sleep(60)
