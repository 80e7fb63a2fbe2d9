"""Reading is open to all, changing is not."""

from fastapi import APIRouter, Depends
from shop.guards import admin_required, check_owner, prepolicy

router = APIRouter()
open_router = APIRouter()


def current_user(): ...


@router.get("/notes")
async def notes(): ...


@router.get("/notes/{name}")
async def note(name: str): ...


@router.post("/notes")
async def add_note(user=Depends(current_user)): ...


@router.patch("/notes/{name}")
async def change_note(name: str, user=Depends(current_user)): ...


@router.put("/notes/{name}/kinds")
async def change_kinds(name: str): ...  # AUD603


@router.delete("/notes/{name}")
@admin_required
async def remove_note(name: str): ...


@open_router.get("/drafts")
async def drafts(): ...


@open_router.post("/drafts")
async def add_draft(user=Depends(current_user)): ...


@open_router.put("/drafts/{name}")
async def change_draft(name: str): ...


@open_router.delete("/drafts/{name}")
async def remove_draft(name: str): ...


session_router = APIRouter()


@session_router.get("/notes")
async def session_notes(user=Depends(current_user)): ...


@session_router.post("/notes")
async def add_session_note(user=Depends(current_user)): ...


@session_router.put("/notes")
async def change_session_note(user=Depends(current_user)): ...


@session_router.put("/kinds")
async def change_session_kinds(user=Depends(current_user)): ...


@session_router.delete("/session")
async def leave(): ...


policy_router = APIRouter()


@policy_router.post("/a")
async def policy_a(user=Depends(current_user)): ...


@policy_router.put("/b")
async def policy_b(user=Depends(current_user)): ...


@policy_router.put("/c")
@prepolicy(check_owner)
async def policy_c(): ...


@policy_router.put("/d")
async def asks_itself(request): return request.headers


@policy_router.put("/e")
async def asks_itself_too(request): return request.headers


@policy_router.delete("/f")
async def one_of_many_ways(): ...
