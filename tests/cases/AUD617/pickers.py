import os
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
ROOT = Path(__file__).parent.resolve()


@app.get("/files/root")
def project_root():
    return {"path": str(ROOT)}


@app.get("/files")
def files(path: str):
    return {"names": os.listdir(path), "path": str(ROOT)}


@app.get("/state")
def state():
    return {"names": ["a"], "path": str(ROOT)}


@app.get("/folders")
def folders():
    if not ROOT.exists():
        raise HTTPException(500, detail=f"{ROOT} is gone")  # AUD617
    return {"path": str(ROOT)}


def read(target: Path):
    try:
        return {"text": target.read_text()}
    except OSError as error:
        raise HTTPException(500, detail=str(error))
