from fastapi import APIRouter

fixed = APIRouter(prefix="/reports")
named = APIRouter(prefix="/reports")
everything = APIRouter()


@named.get("/{name}")
async def report(name: str): ...


@fixed.get("/latest")
async def latest(): ...


@everything.get("/{path:path}")
async def anything(path: str): ...
