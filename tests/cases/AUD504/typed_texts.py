"""Caches of answers, by texts that people type."""

import hashlib

from fastapi import FastAPI

app = FastAPI()
_answers = {}
_found = {}
_of_kinds = {}


@app.post("/ask")
async def ask(prompt: str):
    key = hashlib.sha256(prompt.strip().lower().encode()).hexdigest()
    if key not in _answers:
        _answers[key] = await answer(prompt)  # AUD504
    return _answers[key]


def remember(key, value):
    _found[key] = value  # AUD504


@app.get("/search")
async def search(q: str):
    key = f"search:{q}"
    if key in _found:
        return _found[key]
    value = await answer(q)
    remember(key, value)
    return value


@app.get("/kinds")
async def kinds(kind: str):
    key = hashlib.sha256(kind.encode()).hexdigest()
    if key not in _of_kinds:
        _of_kinds[key] = await answer(kind)
    return _of_kinds[key]


async def answer(text):
    return [text]
