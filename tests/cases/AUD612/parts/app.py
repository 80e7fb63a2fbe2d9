from contextlib import asynccontextmanager

from fastapi import FastAPI

from parts import Cookies, Mailer
from routes import Routes

engine = None
model = None


@asynccontextmanager
async def lifespan(app):
    global engine, model
    engine = Mailer()
    if app.debug:
        model = Mailer()
    yield
    engine = None


app = FastAPI(lifespan=lifespan)


class Application:
    def __init__(self, settings):
        self.mailer = Mailer()
        self.cache = Cookies() if settings.cached else None
        self.routes = Routes(self.mailer, cookies=Cookies(), cache=self.cache)


@app.post("/mode")
async def mode(name: str):
    if engine is None:
        return {"error": "the engine is not there"}
    return engine.set(name)


@app.post("/model")
async def change(name: str):
    if model is None:
        return {"error": "the model is not there"}  # AUD612
    return model.set(name)
