import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse

logger = logging.getLogger(__name__)
router = APIRouter()


@router.get("/a")
def summary(load, friendly):
    answer = {"error": None, "total": 0}
    try:
        answer["total"] = load()
    except Exception as error:
        answer["error"] = friendly(error)  # AUD612
    return answer


@router.get("/b")
def in_response(load):
    answer = {}
    try:
        answer["total"] = load()
    except Exception:
        logger.exception("not loaded")
        answer["error"] = "not loaded"  # AUD612
    return JSONResponse(answer)


@router.get("/c")
def with_status(load):
    answer = {}
    try:
        answer["total"] = load()
    except Exception:
        answer["error"] = "not loaded"
    return JSONResponse(answer, status_code=500)


@router.get("/d")
def of_a_part(load, count):
    answer = {}
    try:
        answer["total"] = load()
    except Exception:
        answer["error"] = "not loaded"
    answer["count"] = count()
    return answer


@router.get("/e")
def one_class(load):
    answer = {}
    try:
        answer["total"] = load()
    except KeyError:
        answer["error"] = "no total yet"
    return answer


@router.get("/f")
def none(load):
    answer = {}
    try:
        answer["total"] = load()
    except Exception:
        logger.exception("not loaded")
        answer["error"] = None
    return answer
