from fastapi import APIRouter, HTTPException, Request
from service import count_all, export_all

router = APIRouter()


@router.post("/deliver")
async def deliver(request: Request, number: int):
    result = await request.app.state.service.deliver(number)
    if not result.ok:
        raise HTTPException(502, detail={"error": result.error})
    return {"ok": True}


@router.post("/forget")
async def forget(request: Request, number: int):
    result = await request.app.state.service.forget(number)
    if not result.ok:
        raise HTTPException(502, detail="not forgotten")
    return {"ok": True}


@router.post("/exports")
def export_many(names: list[str]):
    errors = []
    for result in export_all(names):
        if not result.ok:
            errors.append(result.error)
    return {"errors": errors}


@router.post("/counts")
def count_many(names: list[str]):
    good = []
    for result in count_all(names):
        good.append(result.ok)
    return {"good": good}
