from aiohttp import web
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse
from flask import Blueprint

router = APIRouter()
pages = Blueprint("pages", __name__)


@router.get("/api/healthz")
async def one(database):
    try:
        await database.ping()
    except Exception as error:  # AUD607
        return {"status": "unhealthy", "error": type(error).__name__}
    return {"status": "healthy"}


@router.get("/ready")
async def two(database):
    try:
        await database.ping()
    except Exception:
        return JSONResponse({"status": "unhealthy"}, status_code=503)
    return {"status": "healthy"}


@router.get("/readyz")
async def three(database):
    try:
        await database.ping()
    except Exception as error:
        raise HTTPException(503) from error
    return {"status": "healthy"}


@pages.get("/health")
def four(database):
    try:
        database.ping()
    except OSError:
        return {"status": "down"}, 503
    return {"status": "up"}


@router.get("/health")
def five():
    return {"status": "up"}


@router.get("/livez")
def six(database):
    try:
        database.ping()
    except OSError:
        return {"database": "down"}
    return {"database": "up"}


@router.get("/users")
def seven(database):
    try:
        database.ping()
    except OSError:
        return {"database": "down"}
    return {"database": "up"}


@router.get("/health/all")
def all_checks(checks):
    status = 200
    try:
        checks.run()
    except OSError:
        status = 503
    return JSONResponse({}, status)


@router.get("/heartbeat")
async def heartbeat(checks):
    try:
        return await checks.answer()
    except OSError:
        return await checks.failure()


@router.get("/readyz")
def parts():
    try:
        import colours

        return {"colours": colours.__name__}
    except ImportError:
        return {"colours": None}


@router.get("/livez")
def with_size(checks, cache):
    size = None
    try:
        size = cache.size()
    except Exception:
        pass
    return {"status": "ok", "size": size}


@router.get("/healthcheck")
def quiet(checks):
    try:
        checks.run()
    except Exception:  # AUD607
        pass
    return {"status": "ok"}


@router.get("/health")
def raising(checks):
    try:
        checks.run()
    except OSError:
        checks.raise_status(500)
    return {"status": "ok"}


@pages.get("/health")
async def of_aiohttp(request: web.Request):
    try:
        await request.app["database"].ping()
        return web.Response(text="up")
    except OSError as error:
        return web.HTTPServiceUnavailable(reason=str(error))


@router.get("/health")
def optional():
    has_images = False
    try:
        import PIL  # noqa: F401

        has_images = True
    except Exception:
        has_images = False
    return {"status": "ok", "images": has_images}


@router.get("/who/health")
def for_who_asks(request: Request):
    found = {"status": "ok"}
    if key := request.headers.get("x-key"):
        try:
            found["name"] = name_of(key)
        except Exception:
            found["name"] = ""
    return found


@router.put("/heartbeat")
def how_often(seconds: int):
    try:
        beat_every(seconds)
    except Exception as error:
        return {"status": "error", "error": type(error).__name__}
    return {"status": "ok"}


@router.get("/search-engine/health")
def of_another_program():
    try:
        return {"status": ask_search_engine()}
    except Exception:
        return {"status": "offline"}


@router.get("/api/v1/healthz")
def of_this_one():
    try:
        ask_database()
    except Exception:  # AUD607
        return {"status": "offline"}
    return {"status": "ok"}


@router.get("/health/", dependencies=[])
async def for_people(database, user=Depends(get_current_user)):
    """Nothing that asks whether the instance is well can log in."""
    try:
        await database.ping()
    except OSError:
        return {"database": "down"}
    return {"database": "up"}


@pages.get("/status/health")
@login_required
def for_members(database):
    try:
        database.ping()
    except OSError:
        return {"database": "down"}
    return {"database": "up"}


@router.get("/health/ready")
async def with_numbers(metrics, database):
    try:
        await metrics.refresh()
    except Exception:
        logger.debug("no numbers")
    return {"status": "up"}


@router.get("/ready")
async def with_session(database, session=Depends(get_session)):
    try:
        await session.execute("SELECT 1")
    except OSError:  # AUD607
        return {"database": "down"}
    return {"database": "up"}
