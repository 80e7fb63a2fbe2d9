from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse

app = FastAPI()
REPORTS = Path(__file__).parent / "reports"


@app.get("/reports/{number}")
def report(number: int):
    try:
        return {"text": (REPORTS / f"{number}.txt").read_text()}
    except OSError as error:
        raise HTTPException(404, detail=f"not read: {error}")  # AUD617


@app.delete("/reports/{number}")
def remove(number: int):
    file = REPORTS / f"{number}.txt"
    try:
        file.unlink()
    except (FileNotFoundError, PermissionError) as error:
        message = str(error)
        return JSONResponse({"error": message}, status_code=409)  # AUD617
    return {}


@app.get("/reports/{number}/plain")
def plain(number: int):
    try:
        return {"text": (REPORTS / f"{number}.txt").read_text()}
    except OSError as error:
        raise HTTPException(404, detail="there is no such report") from error


@app.get("/reports/{number}/class")
def of_class(number: int):
    try:
        return {"text": (REPORTS / f"{number}.txt").read_text()}
    except OSError as error:
        raise HTTPException(404, detail=f"not read: {type(error).__name__}")


@app.get("/files")
def named_by_client(path: str):
    try:
        return {"text": Path(path).read_text()}
    except OSError as error:
        raise HTTPException(404, detail=f"not read: {error}")


@app.get("/rights/{number}")
def other_error(number: int, check):
    try:
        check(number)
    except PermissionError as error:
        raise HTTPException(403, detail=str(error))
