from typing import Annotated

from fastapi import APIRouter, Depends, Request, Security

router = APIRouter()


def current_user(): ...


def get_session(): ...


User = Annotated[str, Depends(current_user)]


@router.get("/a")
async def a(user: User): ...


@router.post("/b")
async def b(user: Annotated[str, Security(current_user, scopes=["x"])]): ...


@router.post("/c", dependencies=[Depends(current_user)])
async def c(): ...


@router.put("/d")
async def d(user: User): ...


@router.put("/e")
async def e(user: User): ...


@router.put("/f")
async def f(user: User): ...


@router.put("/g")
async def g(user: User): ...


@router.put("/h")
async def h(user: User): ...


@router.post("/login")
async def login(name: str): ...


@router.post("/webhooks/payment")
async def payment(request: Request): ...


@router.get("/open")
async def open_to_all(): ...


@router.post("/own")
async def own(request: Request):
    if request.headers.get("x-key") != "secret":
        return None


@router.delete("/i")
async def i(session=Depends(get_session)): ...


@router.post("/notes/external/{number}")
async def answered_by_a_chat_service(number: int): ...
