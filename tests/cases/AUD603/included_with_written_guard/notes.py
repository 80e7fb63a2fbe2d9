from fastapi import APIRouter, Depends

from deps import Store, current_user

router = APIRouter(prefix="/notes")


@router.get("/")
async def list_notes(user=Depends(current_user)): ...


@router.get("/{name}")
async def read(name: str, store: Store = Depends()): ...


@router.post("/{name}")
async def add(name: str, user=Depends(current_user)): ...


@router.put("/{name}")
async def change(name: str, user=Depends(current_user)): ...


@router.delete("/{name}")
async def remove(name: str): ...
