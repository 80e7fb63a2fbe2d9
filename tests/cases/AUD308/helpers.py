import json

from fastapi import APIRouter, HTTPException
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

router = APIRouter()


class Status(BaseModel):
    ok: bool


class Problem(HTTPException):
    def __init__(self, status, detail=None):
        super().__init__(status_code=status, detail=detail)
        self.title = "problem"


def read(work):
    try:
        return {"ok": True, "value": work()}
    except Exception as error:
        return {"ok": False, "error": f"cannot be read: {error}"}  # AUD308


@router.get("/a")
def by_the_result(work):
    return read(work)


def rows(work):
    found = []
    for one in work:
        try:
            found.append({"value": one()})
        except Exception as error:
            found.append({"blockers": [f"failed: {error}"]})  # AUD308
    return found


@router.get("/b")
def by_rows(work):
    known = rows(work)
    return {"rows": known}


def looked_at(work):
    try:
        return {"ok": True, "value": work()}
    except Exception as error:
        return {"ok": False, "error": str(error)}


@router.get("/c")
def tests_the_result(work):
    result = looked_at(work)
    if not result["ok"]:
        raise HTTPException(500, "failed")
    return result


@router.get("/d")
def takes_another_part(work):
    result = looked_at(work)
    return {"value": result.get("value"), "ok": result["ok"]}


@router.get("/e")
def answers_if_it_is_good(work):
    result = looked_at(work)
    if result["ok"]:
        return result
    return {"ok": False}


@router.get("/f", response_model=Status)
def has_a_model_without_it(work):
    return looked_at(work)


def told(work):
    try:
        return True, work()
    except Exception as error:
        return False, str(error)  # AUD308


@router.get("/g")
def by_a_tuple(work):
    good, text = told(work)
    if not good:
        raise HTTPException(502, text)
    return {}


def not_told(work):
    try:
        return work(), None
    except Exception as error:
        return None, str(error)


@router.get("/h")
def takes_the_first(work):
    value, _ = not_told(work)
    return {"value": value}


@router.get("/i")
def by_an_own_class(work):
    try:
        return work()
    except Exception as error:
        raise Problem(500, str(error))  # AUD308


def raise_status(status, text=None):
    raise Problem(status, detail=text)


@router.get("/i/function")
def by_a_function_that_raises(work):
    try:
        return work()
    except Exception as error:
        raise_status(500, str(error))  # AUD308


def frames(text):
    return [f"data: {json.dumps({'error': text})}\n\n", "data: [DONE]\n\n"]


async def lines(work):
    try:
        async for part in work():
            yield part
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        for frame in frames(text):
            yield frame  # AUD308


def public(text):
    if text.startswith("secret"):
        return "failed"
    return text


async def chosen_lines(work):
    try:
        async for part in work():
            yield part
    except Exception as error:
        yield public(str(error))


@router.get("/j")
async def streamed(work, chosen: bool):
    if chosen:
        return StreamingResponse(chosen_lines(work))
    content = lines(work)
    return StreamingResponse(content, media_type="text/event-stream")


async def nobody_streams(work):
    try:
        async for part in work():
            yield part
    except Exception as error:
        yield str(error)


@router.get("/k")
async def yields_later(work):
    async def parts():
        try:
            data = await work()
        except Exception as error:
            data = {"error": repr(error)}
        yield json.dumps(data)  # AUD308

    return StreamingResponse(parts())


@router.get("/l")
def updated(work):
    job = {"status": "new"}
    try:
        job["value"] = work()
    except Exception as error:
        job.update(status="error", reason=str(error))  # AUD308
    return job


@router.get("/m")
def given_anew(work):
    answer = {"value": None}
    try:
        answer = work()
    except Exception as error:
        answer = {"error": str(error)}
        print(answer)
    answer = {"value": "fixed"}
    return answer


@router.get("/n")
def leaves_before(work, log):
    try:
        result = work()
    except Exception as error:
        result = {"error": str(error)}
        log(result)
        return {"error": "failed"}
    return result


@router.get("/o")
def encoded(work):
    try:
        return work()
    except Exception as error:
        return JSONResponse(jsonable_encoder({"error": str(error)}), status_code=500)  # AUD308


def redacting(message):
    message = redact(message)
    raise HTTPException(500, message)


@router.get("/p")
def redacted(work):
    try:
        return work()
    except Exception as error:
        redacting(str(error))


@router.get("/health")
def health_check(work):
    try:
        return work()
    except Exception as error:
        return JSONResponse({"error": str(error)}, status_code=503)  # AUD308


@router.get("/ready")
def readiness_check(work):
    state = {"status": "ok"}
    try:
        work()
    except Exception as error:
        state["status"] = f"failed: {error}"
    if state["status"] != "ok":
        raise HTTPException(503, "not ready")
    return state


def payload(error, show_error: bool):
    content = {"error": None}
    if show_error:
        content["error"] = str(error)
    return content


@router.get("/q")
def shown_by_a_switch(work, show: bool):
    try:
        return work()
    except Exception as error:
        content = payload(error, show)
        return JSONResponse(content, status_code=500)
