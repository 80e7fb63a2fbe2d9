from fastapi import APIRouter, FastAPI
from flask import Flask
from starlette.applications import Starlette

router = APIRouter(prefix="/a")
other = APIRouter(prefix="/b")
site = Flask(__name__)


@router.get("/{item}")
async def item(item: str): ...


@router.post("/{item}")
async def change(item: str): ...


@router.get("/latest")
async def latest(): ...  # AUD601


@router.delete("/latest")
async def remove_latest(): ...


@router.get("/latest/entries")
async def entries(): ...


@other.get("/latest")
async def other_latest(): ...


@router.get("/{item}/parts/{part}")
async def part(item: str, part: str): ...


@router.get("/{name}/parts/all")
async def parts(name: str): ...  # AUD601


@router.get("/files/{path:path}")
async def file(path: str): ...


@router.get("/files/a/b")
async def special(): ...  # AUD601


@router.get("/number/{number:int}")
async def number(number: int): ...


@router.get("/number/first")
async def first(): ...


@router.get("/{year}-{month}")
async def month(year: int, month: int): ...  # AUD601


@other.get("/{year}-{month}")
async def other_month(year: int, month: int): ...


@other.get("/current")
async def current(): ...


@other.get("/2024-now")
async def now(): ...  # AUD601


@site.get("/<name>")
def named(name): ...


@site.get("/about")
def about(): ...


@other.get("/x")
@other.get("/y")
async def both(): ...


@other.api_route("/z/{one}", methods=["GET", "POST"])
async def any_method(one: str): ...


@other.post("/z/all")
async def z_all(): ...  # AUD601


def make():
    app = FastAPI()

    @app.get("/{page}")
    async def page(page: str): ...

    @app.get("/home")
    async def home(): ...  # AUD601

    return app


def make_other():
    app = FastAPI()

    @app.get("/home")
    async def home(): ...

    return app
