from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse

router = APIRouter()


@router.get("/a")
def document(load):
    answer = {"state": "up"}
    try:
        load()
    except Exception as error:
        answer["state"] = f"down: {error}"  # AUD308
    return JSONResponse(answer)


@router.get("/b")
def raised(load):
    failure = None
    try:
        load()
    except Exception as error:
        failure = str(error)
    if failure:
        raise HTTPException(502, detail=failure)  # AUD308
    return {}


@router.get("/c")
def given_anew(load):
    failure = None
    try:
        load()
    except Exception as error:
        failure = str(error)
        load.log(failure)
    failure = "the service is down"
    return JSONResponse({"error": failure}, status_code=502)


@router.get("/path")
def path_of(raw: str):
    from pathlib import Path

    try:
        return {"path": str(Path(raw).expanduser())}
    except Exception as error:
        return {"error": str(error)}


@router.get("/templates/preview")
def preview_template(render, text: str):
    try:
        return {"text": render(text)}
    except Exception as error:
        raise HTTPException(422, detail=str(error))


@router.get("/files/preview")
def preview_file(read, name: str):
    try:
        return {"text": read(name)}
    except Exception as error:
        raise HTTPException(500, detail=str(error))  # AUD308
