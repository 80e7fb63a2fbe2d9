from pathlib import Path

from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import FileResponse

app = FastAPI()
AREAS = Path("areas")


def may_see(area: str) -> str:
    if area not in {"north", "south"}:
        raise HTTPException(403)
    return "view"


def session():
    return None


@app.get("/download")
def download(area: str, access: str = Depends(may_see)):
    return FileResponse(AREAS / area)


@app.get("/guarded", dependencies=[Depends(may_see)])
def guarded(area: str):
    return FileResponse(AREAS / area)


@app.get("/open")
def anybody(area: str, db=Depends(session)):
    return FileResponse(AREAS / area)  # AUD610
