from fastapi import FastAPI

from screen import show, show_anyway, tell

app = FastAPI()


@app.get("/shown")
async def shown():
    show("one", "success")
    show("one")


@app.get("/failed")
async def failed():
    show("one", style="error")  # AUD104


@app.get("/given")
async def given(style: str):
    show("one", style)  # AUD104


@app.get("/told")
async def told():
    tell("one", "quiet")


@app.get("/told-aloud")
async def told_aloud():
    tell("one")  # AUD104


@app.get("/otherwise")
async def otherwise():
    show_anyway("one", "success")


@app.get("/otherwise-failed")
async def otherwise_failed():
    show_anyway("one", "error")  # AUD104
