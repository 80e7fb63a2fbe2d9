"""What only gives constants cannot fail; what asks a service can."""

from fastapi import APIRouter, HTTPException

router = APIRouter()


@router.get("/logout")
async def logout():
    try:
        return {"status": True, "message": "Logged out"}
    except Exception as error:
        raise HTTPException(status_code=500, detail=str(error)) from error


@router.get("/profile")
async def profile(users):
    try:
        return {"status": True, "profile": users.current()}
    except Exception as error:
        raise HTTPException(status_code=500, detail=str(error)) from error  # AUD308
