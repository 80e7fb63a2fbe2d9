from fastapi import APIRouter

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
