from contextlib import asynccontextmanager

from bus import Bus
from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.bus = Bus(app.extra["connection"])
    yield


app = FastAPI(lifespan=lifespan)
