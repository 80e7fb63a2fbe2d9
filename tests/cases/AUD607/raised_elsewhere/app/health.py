from fastapi import APIRouter

from app.errors import raise_status, report_error

router = APIRouter()


@router.get("/health")
async def health(session):
    try:
        await session.execute("select 1")
    except OSError:
        raise_status(503)
    return "OK"


@router.get("/ready")
async def ready(session):
    try:
        await session.execute("select 1")
    except OSError:  # AUD607
        report_error("no database")
    return "OK"
