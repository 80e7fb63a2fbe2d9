import json

import httpx
import requests


async def answer(base, messages):
    text = ""
    async with httpx.AsyncClient(timeout=60) as client:
        async with client.stream("POST", f"{base}/chat", json=messages) as response:
            async for line in response.aiter_lines():  # AUD206
                if not line.startswith("data: "):
                    continue
                text += json.loads(line[6:])["text"]
    return text


def answer_at_once(base, messages):
    response = requests.post(f"{base}/chat", json=messages, stream=True, timeout=60)
    for line in response.iter_lines():  # AUD206
        if line and line.startswith(b"data: "):
            yield json.loads(line[6:])["text"]


async def checked(base, messages):
    async with httpx.AsyncClient(timeout=60) as client:
        async with client.stream("POST", f"{base}/chat", json=messages) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    yield json.loads(line[6:])["text"]


async def tells_errors(base, messages):
    async with httpx.AsyncClient(timeout=60) as client:
        async with client.stream("POST", f"{base}/chat", json=messages) as response:
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    event = json.loads(line[6:])
                    if event.get("error"):
                        raise RuntimeError(event["error"])
                    yield event["text"]


async def passes_on(base, messages):
    async with httpx.AsyncClient(timeout=60) as client:
        async with client.stream("POST", f"{base}/chat", json=messages) as response:
            async for line in response.aiter_lines():
                yield line
