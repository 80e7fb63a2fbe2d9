from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import StreamingResponse

router = APIRouter()


@router.post("/settings/mail/try")
async def test_mail_server(settings: dict, connect):
    try:
        await connect(settings)
    except Exception as error:
        return {"ok": False, "error": str(error)}
    return {"ok": True}


@router.post("/settings/mail")
async def save_mail_server(settings: dict, connect):
    try:
        await connect(settings)
    except Exception as error:
        return {"ok": False, "error": str(error)}  # AUD308
    return {"ok": True}


@router.get("/settings/mail/stream")
async def test_stream(settings: dict, lines):
    async def events():
        try:
            async for line in lines(settings):
                yield line
        except Exception as error:
            yield f"failed: {error}"

    return StreamingResponse(events(), media_type="text/event-stream")


@router.get("/mail/stream")
async def stream(settings: dict, lines):
    async def events():
        try:
            async for line in lines(settings):
                yield line
        except Exception as error:
            yield f"failed: {error}"  # AUD308

    return StreamingResponse(events(), media_type="text/event-stream")


@router.post("/orders")
async def add_order(request: Request):
    try:
        body = await request.json()
    except Exception as error:
        raise HTTPException(500, f"no JSON: {error}") from error
    return body


@router.put("/orders")
async def put_order(request: Request, store):
    try:
        body = await request.json()
        store.put(body)
    except Exception as error:
        raise HTTPException(500, f"not kept: {error}") from error  # AUD308
    return body


@router.post("/api/diagnostics")
async def run_diagnostics(store):
    results = {}
    try:
        store.write()
        results["store"] = {"ok": True}
    except Exception as error:
        results["store"] = {"ok": False, "error": str(error)}
    return results


@router.post("/api/self-test")
async def self_test(store):
    try:
        store.write()
    except Exception as error:
        return {"ok": False, "error": str(error)}
    return {"ok": True}
