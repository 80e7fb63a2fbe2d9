from fastapi import APIRouter, UploadFile

from .storage import Storage, save, save_small

router = APIRouter()
storage = Storage()


@router.post("/saved")
async def saved(file: UploadFile):
    return await save(file)  # AUD604


@router.post("/saved-too")
async def saved_too(file: UploadFile):
    return await save(file)


@router.post("/kept")
async def kept(files: list[UploadFile]):
    for file in files:
        await storage.keep("name", content=file)  # AUD604


@router.post("/small")
async def small(file: UploadFile):
    return await save_small(file)
