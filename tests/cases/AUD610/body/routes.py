from fastapi import FastAPI

from schemas import CheckedNote, Note
from store import Store

app = FastAPI()
store = Store()


@app.post("/notes")
def add(note: Note):
    store.write(note)  # AUD610


@app.post("/nested")
def add_nested(note: Note):
    store.write_nested(note)  # AUD610


@app.post("/limited")
def add_limited(note: Note):
    store.write_limited(note)


@app.post("/checked")
def add_checked(note: CheckedNote):
    store.write_checked(note)


@app.post("/tested")
def add_tested(note: Note):
    store.write_tested(note)


@app.post("/numbered")
def add_numbered(note: Note):
    store.write_numbered(note)


@app.post("/validated")
def add_validated(note: Note):
    validate_note(note)
    store.write(note)


def validate_note(note: Note):
    if ".." in note.name:
        raise ValueError(note.name)
