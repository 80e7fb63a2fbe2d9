import threading
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI

from shop import services
from shop.services import Models, get_clock, get_guarded, get_models, get_prices, get_search, get_stock

_lock = threading.Lock()


@asynccontextmanager
async def lifespan(app):
    get_search()
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/models")
async def models(found: Annotated[Models, Depends(get_models)]):
    return list(found.loaded)


@app.post("/mails")
def send_mail():
    return len(services.get_mailer().loaded)


@app.get("/search")
def search():
    return len(get_search().loaded)


@app.get("/stock")
async def stock():
    return len(get_stock().loaded)


@app.get("/guarded")
def guarded():
    with _lock:
        return len(get_guarded().loaded)


@app.get("/prices")
def prices():
    return get_prices().known


@app.get("/clock")
def clock():
    return len(get_clock().loaded)
