import asyncio

from fastapi import APIRouter, HTTPException

from services import ask, ask_quietly, find, load, parts, refuse

router = APIRouter()


@router.get("/orders/{number}")
async def order(number: int):
    try:
        return await find(number)
    except Exception as error:  # AUD310
        raise HTTPException(status_code=500, detail="internal error") from error


@router.get("/orders/{number}/state")
async def state(number: int):
    try:
        return await find(number)
    except HTTPException:
        raise
    except Exception as error:
        raise HTTPException(status_code=500, detail="internal error") from error


@router.get("/orders/{number}/later")
async def later(number: int):
    try:
        return asyncio.create_task(find(number))
    except Exception as error:
        raise HTTPException(status_code=500, detail="internal error") from error


@router.post("/files")
async def upload(text: str):
    try:
        return await asyncio.to_thread(load, text)
    except Exception as error:  # AUD310
        raise HTTPException(status_code=400, detail="unreadable") from error


@router.post("/files/late")
async def upload_late(text: str):
    try:
        return load(text)
    except Exception as error:  # AUD310
        refuse(error)


@router.get("/answers/{number}")
def answer(number: int):
    try:
        return ask(number)
    except Exception as error:
        raise HTTPException(status_code=503, detail="internal error") from error


@router.get("/answers/{number}/quietly")
def answer_quietly(number: int):
    try:
        return ask_quietly(number)
    except Exception as error:
        raise HTTPException(status_code=500, detail="internal error") from error


@router.get("/parts/{number}")
def some_parts(number: int):
    try:
        return parts(number)
    except Exception as error:
        raise HTTPException(status_code=500, detail="internal error") from error


@router.get("/orders/{number}/envelope")
async def in_an_envelope(number: int):
    try:
        return {"ok": True, "order": await find(number)}
    except Exception as error:
        return {"ok": False, "error": type(error).__name__}


@router.get("/orders/{number}/undone")
async def undone(number: int, failed: bool):
    try:
        return await find(number)
    except Exception as error:
        if failed:
            raise HTTPException(status_code=500, detail="internal error") from error
        raise
