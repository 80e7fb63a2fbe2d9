"""Pages of an application that is built beforehand, by the rest of the path."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse

app = FastAPI()
DIST = Path("dist")


@app.get("/{path:path}")
def page(path: str):
    built = None
    for candidate in (DIST / f"{path}.html", DIST / path / "index.html"):
        if candidate.is_file():
            built = candidate
            break
    if built is not None:
        status = 404 if built == DIST / "404.html" else 200
        return FileResponse(built, status_code=status)  # AUD610
    return FileResponse(DIST / "404.html", status_code=404)


@app.get("/kept/{path:path}")
def kept(path: str):
    built = None
    for candidate in (DIST / f"{path}.html", DIST / path / "index.html"):
        if candidate.resolve().is_relative_to(DIST.resolve()) and candidate.is_file():
            built = candidate
            break
    return FileResponse(built or DIST / "404.html")


@app.get("/known/{path:path}")
def known(path: str):
    built = None
    for candidate in (DIST / f"{path}.html", DIST / path / "index.html"):
        if candidate in app.state.pages:
            built = candidate
    return FileResponse(built or DIST / "404.html")
