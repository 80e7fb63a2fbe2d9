from fastapi import APIRouter

router = APIRouter()


@router.get("/a")
def always_told(load):
    try:
        return {"models": load(), "error": None}
    except Exception:
        return {"models": [], "error": "not loaded"}


@router.get("/b")
def told_only_then(load):
    try:
        return {"models": load()}
    except Exception:
        return {"models": [], "error": "not loaded"}  # AUD612
