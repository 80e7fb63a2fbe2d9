from fastapi import APIRouter, Depends

router = APIRouter()


def current_user(): ...


@router.get("/a")
async def a(user=Depends(current_user)): ...


@router.post("/b")
async def b(user=Depends(current_user)): ...


@router.post("/c")
async def c(user=Depends(current_user)): ...


@router.put("/d")
async def d(user=Depends(current_user)): ...


@router.put("/e")
async def e(user=Depends(current_user)): ...


@router.put("/f")
async def f(user=Depends(current_user)): ...


@router.put("/g")
async def g(user=Depends(current_user)): ...


@router.put("/h")
async def h(user=Depends(current_user)): ...


# ----------------------------------------------
# Waiting list (public, no auth required)
# ----------------------------------------------


class Entry: ...


@router.post("/waiting")
async def waiting(entry: Entry): ...


@router.post("/leaving")
async def leaving(entry: Entry):  # AUD603
    """Take somebody off."""
