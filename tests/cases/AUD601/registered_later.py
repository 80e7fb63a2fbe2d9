from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
    @app.get("/{path:path}")
    async def page(path: str):
        return {"path": path}

    yield


app = FastAPI(lifespan=lifespan)


@app.get("/health")
def health():
    return {"state": "up"}


def add_pages():
    @app.get("/pages/{name}")
    def page(name: str):
        return {"name": name}

    @app.get("/pages/first")
    def first():  # AUD601
        return {"name": "first"}
