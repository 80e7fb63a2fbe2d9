# file: shop/dashboard.py
from fastapi import FastAPI


def create_dashboard() -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def page():
        return "page"

    return app


# file: shop/studio.py
from fastapi import FastAPI


def create_mountable_app() -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def page():
        return "page"

    return app


# file: shop/demo.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/notes")
def notes():
    return []


# file: shop/administration.py
from fastapi import FastAPI


class Administration(FastAPI):
    """Others make their application with it."""


administration = Administration()


@administration.get("/users")
def users():
    return []


# file: shop/main.py
from fastapi import FastAPI

from shop.dashboard import create_dashboard

app = FastAPI()  # AUD904
dashboard = create_dashboard()
app.mount("/dashboard", dashboard)


@app.get("/notes")
def notes():
    return []
