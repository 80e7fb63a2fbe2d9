"""Options that are put into a dict before the client is made."""

import os

from fastapi import FastAPI
from openai import AsyncOpenAI

app = FastAPI()


@app.post("/answers")
async def answer(question: str):
    options = {"timeout": 30}
    options["api_key"] = os.environ["OPENAI_API_KEY"]
    client = AsyncOpenAI(**options)  # AUD202
    return await client.responses.create(model="small", input=question)


@app.post("/answers/own")
async def answer_with_own_key(question: str, key: str):
    options = {"timeout": 30}
    options["api_key"] = key
    client = AsyncOpenAI(**options)
    return await client.responses.create(model="small", input=question)


@app.post("/answers/given")
async def answer_as_given(question: str, given: dict):
    options = {"timeout": 30}
    options.update(given)
    client = AsyncOpenAI(**options)
    return await client.responses.create(model="small", input=question)
