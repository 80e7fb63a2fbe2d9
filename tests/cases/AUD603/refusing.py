"""Routes that turn away by themselves, with 401 or 403, beside ones that depend on who is there."""

from fastapi import APIRouter, Depends, HTTPException, status

router = APIRouter()


def current_user(): ...


def known(key): ...


@router.post("/a")
async def a(user=Depends(current_user)): ...


@router.post("/b")
async def b(user=Depends(current_user)): ...


@router.put("/c")
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


@router.put("/i")
async def i(user=Depends(current_user)): ...


@router.put("/m")
async def m(user=Depends(current_user)): ...


@router.put("/n")
async def n(user=Depends(current_user)): ...


@router.put("/o")
async def o(user=Depends(current_user)): ...


@router.put("/p")
async def p(user=Depends(current_user)): ...


@router.delete("/j")
async def j(key: str):
    if not known(key):
        raise HTTPException(status_code=401)


@router.delete("/k")
async def k(key: str):
    if not known(key):
        raise HTTPException(status_code=status.HTTP_403_FORBIDDEN)


@router.delete("/l")
async def last(key: str):  # AUD603
    known(key)
