from contextlib import asynccontextmanager

from app.pools import Workers, make, pool


@asynccontextmanager
async def lifespan(app):
    workers = Workers()
    yield {"workers": workers}
    workers.threads.shutdown()
    pool.shutdown()


def run(jobs):
    with make() as threads:
        return list(threads.map(len, jobs))
