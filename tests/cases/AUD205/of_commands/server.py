from pathlib import Path

from fastapi import FastAPI
from fetching import download_for_all

app = FastAPI()


@app.post("/pull")
def pull(url: str):
    download_for_all(url, Path("c"))
