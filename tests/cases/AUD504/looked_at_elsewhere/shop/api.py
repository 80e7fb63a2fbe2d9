from fastapi import APIRouter

from shop.exports import exports

router = APIRouter()


@router.post("/exports/{request_id}")
async def begin(request_id: str):
    await exports.begin(request_id, [])


@router.get("/exports/{request_id}")
async def show(request_id: str):
    if request_id in exports.running:
        return exports.running[request_id].rows
    return exports.ended.pop(request_id, None)
