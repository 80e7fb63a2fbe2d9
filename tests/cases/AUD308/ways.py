import json
import logging
import traceback

from app.settings import settings
from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

logger = logging.getLogger(__name__)
app = FastAPI()
router = APIRouter()


class Answer(BaseModel):
    error: str


@router.get("/a")
def by_percent(work):
    try:
        return work()
    except Exception as error:
        raise HTTPException(500, "failed: %s" % error)  # AUD308


@router.get("/b")
def by_format(work):
    try:
        return work()
    except Exception as error:
        raise HTTPException(status_code=502, detail="failed: {}".format(error))  # AUD308


@router.get("/c")
def by_repr(work):
    try:
        return work()
    except Exception as error:
        return {"error": repr(error)}  # AUD308


@router.get("/d")
def by_arguments(work):
    try:
        return work()
    except Exception as error:
        return JSONResponse({"error": error.args[0]}, status_code=500)  # AUD308


@router.get("/e")
def by_traceback(work):
    try:
        return work()
    except Exception:
        return {"trace": traceback.format_exc()}  # AUD308


@router.get("/f")
def by_variable(work):
    try:
        return work()
    except Exception as error:
        text = f"failed: {error}"
        logger.exception(text)
        raise HTTPException(500, text)  # AUD308


@router.get("/g")
def by_model(work):
    try:
        return work()
    except Exception as error:
        return Answer(error=str(error))  # AUD308


@router.get("/h")
def after_the_handler(work):
    result = {}
    try:
        result["value"] = work()
    except Exception as error:
        result["error"] = str(error)  # AUD308
    return result


@router.get("/i")
def four_hundred(work):
    try:
        return work()
    except Exception as error:
        raise HTTPException(400, detail=str(error))  # AUD308


@router.get("/j")
def of_the_database(work):
    try:
        return work()
    except SQLAlchemyError as error:
        raise HTTPException(500, detail=str(error))  # AUD308


@router.get("/k")
async def streamed(work):
    async def lines():
        try:
            async for part in work():
                yield part
        except Exception as error:
            yield json.dumps({"error": str(error)})  # AUD308

    return StreamingResponse(lines())


def respond(message):
    return JSONResponse({"error": message}, status_code=500)


@router.get("/l")
def forwarded(work):
    try:
        return work()
    except Exception as error:
        return respond(str(error))  # AUD308


@app.exception_handler(Exception)
async def everything(request, exc):
    return JSONResponse({"detail": str(exc)}, status_code=500)  # AUD308


@app.exception_handler(ValueError)
async def one_class(request, exc):
    return JSONResponse({"detail": str(exc)}, status_code=400)


@router.get("/m")
def own_class(work):
    try:
        return work()
    except ValueError as error:
        raise HTTPException(400, detail=str(error))


@router.get("/n")
def fixed(work):
    try:
        return work()
    except Exception as error:
        logger.error("failed: %s", error, exc_info=True)
        raise HTTPException(500, detail="failed")


@router.get("/o")
def only_its_class(work):
    try:
        return work()
    except Exception as error:
        logger.exception("failed")
        return {"error": type(error).__name__, "code": error.__class__.__name__}


@router.get("/p")
def redacted(work, redact):
    try:
        return work()
    except Exception as error:
        logger.exception("failed")
        return {"error": redact(error)}


@router.get("/q")
def for_developers(work):
    try:
        return work()
    except Exception as error:
        logger.exception("failed")
        if settings.DEBUG:
            return {"error": str(error)}
        return {"error": str(error) if settings.debug else "failed"}


@router.get("/r")
def known_class(work):
    try:
        return work()
    except Exception as error:
        if isinstance(error, ValueError):
            raise HTTPException(400, detail=str(error))
        raise


@router.get("/s")
def validation(body: dict):
    try:
        answer = Answer(**body)
    except Exception as error:
        raise HTTPException(422, detail=str(error))
    return answer


@router.get("/t")
def checks_in_steps(body: dict):
    try:
        plain = sanitize_body(body)
        answer = Answer.model_validate(plain)
        logger.info("valid", extra={"error": answer.error})
    except Exception as error:
        raise HTTPException(422, detail=str(error))
    return answer


@router.get("/u")
async def asks_and_checks(body: dict, ask):
    try:
        answer = Answer.model_validate(await ask(body))
    except Exception as error:
        raise HTTPException(422, detail=str(error))  # AUD308
    return answer


@router.post("/w")
async def reads_the_body(request, model_class):
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            body = await request.json()
        else:
            body = json.loads((await request.body()).decode())
        return model_class(**body)
    except Exception as error:
        raise HTTPException(400, detail=str(error))


@router.post("/x")
async def reads_queries(queries):
    try:
        return [Query.from_dict(query.model_dump()) for query in queries]
    except Exception as error:
        raise HTTPException(422, detail=str(error))


@router.post("/y")
async def reads_a_message(body: dict):
    try:
        message = parse_message(body)
    except Exception as error:
        return respond(f"invalid message: {error}")
    return message


@router.get("/v")
def as_the_operator_wants(work):
    try:
        return work()
    except Exception as error:
        logger.exception("failed")
        return {"error": str(error) if settings.SHOW_DETAILS else "failed"}


def is_no_route(work):
    try:
        return work()
    except Exception as error:
        return {"error": str(error)}
