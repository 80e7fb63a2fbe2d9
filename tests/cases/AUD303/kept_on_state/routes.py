import logging

from fastapi import APIRouter, Request

logger = logging.getLogger(__name__)
router = APIRouter()


@router.post("/published")
async def published(request: Request, event: str):
    try:
        bus = request.app.state.bus
        if bus:
            await bus.publish(event)
    except Exception as error:
        logger.error("not published: %s", error)
    return {}


@router.post("/announced")
async def announced(request: Request, event: str):
    try:
        await request.app.state.bus.announce(event)
    except Exception as error:
        logger.error("not announced: %s", error)
    return {}


@router.post("/sent")
async def sent(request: Request, event: str):
    try:
        await request.app.state.bus.send(event)
    except Exception as error:
        logger.error("not sent: %s", error)  # AUD303
    return {}


@router.post("/unknown")
async def unknown(request: Request, event: str):
    try:
        await request.app.state.post.publish(event)
    except Exception as error:
        logger.error("not sent: %s", error)  # AUD303
    return {}
