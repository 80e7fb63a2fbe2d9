import time

from fastapi import APIRouter, HTTPException

router = APIRouter()


def connect(opener):
    failure = None
    for attempt in range(3):
        try:
            return opener()
        except Exception as error:
            failure = error
            if "busy" in str(error) and attempt < 2:
                time.sleep(0.1)
                continue
            break
    raise HTTPException(503, f"no connection: {failure}")  # AUD308


@router.get("/retried")
def retried(load):
    failure = ""
    for _ in range(3):
        try:
            return load()
        except Exception as error:
            failure = str(error)
            continue
    return {"error": failure}  # AUD308


@router.get("/next")
def goes_on_to_the_next(sources):
    found = []
    for source in sources:
        reason = ""
        try:
            found.append(source.load())
        except Exception as error:
            reason = str(error)
            source.note(reason)
            continue
        if reason:
            raise HTTPException(502, reason)
    return {"found": found}


@router.get("/fixed")
def fixed(load):
    failure = None
    for _ in range(3):
        try:
            return load()
        except Exception as error:
            failure = error
            continue
    raise HTTPException(502, "the source does not answer") from failure


@router.get("/given-anew")
def given_anew(load):
    failure = None
    while failure is None:
        try:
            return load()
        except Exception as error:
            failure = str(error)
            break
    failure = "the source does not answer"
    raise HTTPException(502, failure)
