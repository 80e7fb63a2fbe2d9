"""The limit is in another file."""

from fastapi import FastAPI

from shop.limits import RateLimitMiddleware

app = FastAPI()
app.add_middleware(RateLimitMiddleware)


@app.post("/notes")
def add(text: str):
    return text
