"""Whatever a server does, it may do often."""

from pathlib import Path

from agent import Agent
from fastapi import FastAPI
from notes import Notes
from shelf import Shelf

app = FastAPI()
notes = Notes(Path("notes"))
shelf = Shelf(notes)


@app.get("/notes/{name}")
async def note(name: str):
    return notes.read(name)  # AUD104


@app.get("/shelf/{name}")
async def on_shelf(name: str):
    return await shelf.note(name)
