"""Redirects of a FastAPI application."""

from fastapi import FastAPI, Form, HTTPException
from fastapi.responses import RedirectResponse

app = FastAPI()
PAGES = {"home": "/", "help": "/help"}


def is_own(url: str) -> bool:
    return url.startswith("/")


@app.get("/leave")
async def leave(url: str):
    return RedirectResponse(url)  # AUD627


@app.post("/login")
async def login(next_url: str = Form("/")):
    return RedirectResponse(url=next_url or "/", status_code=303)


@app.get("/below")
async def below(path: str):
    return RedirectResponse(f"/pages/{path}")


@app.get("/known")
async def known(page: str):
    return RedirectResponse(PAGES[page])


@app.get("/own")
async def own(url: str):
    if not url.startswith("/") or url.startswith("//"):
        raise HTTPException(400)
    return RedirectResponse(url)


@app.get("/checked")
async def checked(url: str):
    if not is_own(url):
        raise HTTPException(400)
    return RedirectResponse(url)


@app.get("/authorize")
async def authorize(redirect_uri: str):
    return RedirectResponse(redirect_uri)


def no_route(url: str):
    return RedirectResponse(url)
