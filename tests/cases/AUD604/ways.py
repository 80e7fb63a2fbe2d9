"""Uploads that are read whole, and those whose size somebody looks at first."""

import hashlib
from typing import Annotated, List, Optional

from fastapi import APIRouter, Depends, File, Form, Header, HTTPException, Request, UploadFile
from limits_of_this_project import check_upload, limiter

router = APIRouter()
MAX_SIZE = 1_000_000


@router.post("/plain")
async def plain(file: UploadFile):
    return len(await file.read())  # AUD604


@router.post("/explicit")
async def explicit(file: UploadFile = File(...)):
    return len(await file.read(-1))  # AUD604


@router.post("/annotated")
async def annotated(file: Annotated[UploadFile | None, File()] = None):
    if file is None:
        raise HTTPException(400)
    return len(await file.read())  # AUD604


@router.post("/optional")
async def optional(file: Optional[UploadFile] = None):
    return len(await file.read()) if file else 0  # AUD604


@router.post("/sync")
def synchronous(file: UploadFile):
    return hashlib.sha256(file.file.read()).hexdigest()  # AUD604


@router.post("/several")
async def several(files: List[UploadFile] = File(...)):
    return [len(await file.read()) for file in files]  # AUD604


@router.post("/numbered")
async def numbered(files: list[UploadFile]):
    total = 0
    for number, file in enumerate(files):
        total += number * len(await file.read())  # AUD604
    return total


@router.post("/bytes")
async def content(content: Annotated[bytes, File()]):  # AUD604
    return len(content)


@router.post("/late")
async def late(file: UploadFile):
    data = await file.read()  # AUD604
    if len(data) > MAX_SIZE:
        raise HTTPException(413)
    return len(data)


@router.post("/rate")
@limiter.limit("5/minute")
async def limited_by_rate(request: Request, file: UploadFile):
    return len(await file.read())  # AUD604


@router.post("/kind")
async def checked_for_its_kind(file: UploadFile):
    check_kind(file)
    return len(await file.read())  # AUD604


def check_kind(file: UploadFile):
    if file.content_type != "text/csv":
        raise HTTPException(415)


# -- a size is asked before ---------------------------------------------------------------------------------


@router.post("/chunks")
async def chunks(file: UploadFile):
    total = 0
    while chunk := await file.read(65536):
        total += len(chunk)
        if total > MAX_SIZE:
            raise HTTPException(413)
    return total


@router.post("/size")
async def size(file: UploadFile):
    if (file.size or 0) > MAX_SIZE:
        raise HTTPException(413)
    return len(await file.read())


@router.post("/length")
async def length(request: Request, file: UploadFile):
    if int(request.headers.get("Content-Length", "0")) > MAX_SIZE:
        raise HTTPException(413)
    return len(await file.read())


@router.post("/header")
async def header(file: UploadFile, content_length: int = Header(...)):
    if content_length > MAX_SIZE:
        raise HTTPException(413)
    return len(await file.read())


@router.post("/tell")
def tell(file: UploadFile):
    file.file.seek(0, 2)
    if file.file.tell() > MAX_SIZE:
        raise HTTPException(413)
    file.file.seek(0)
    return len(file.file.read())


@router.post("/asked")
async def asked(request: Request, file: UploadFile):
    request_size = await size_of(request)
    if request_size > MAX_SIZE:
        raise HTTPException(413)
    return len(await file.read())


@router.post("/again")
async def again(file: UploadFile):
    head = await file.read(MAX_SIZE + 1)
    file_size = len(head)
    if file_size > MAX_SIZE:
        raise HTTPException(413)
    await file.seek(0)
    return len(await file.read())


@router.post("/unknown")
async def unknown_check(file: UploadFile):
    check_upload(file)
    return len(await file.read())


async def small(file: UploadFile) -> UploadFile:
    if (file.size or 0) > MAX_SIZE:
        raise HTTPException(413)
    return file


@router.post("/dependency")
async def dependency(file: UploadFile = Depends(small)):
    return len(await file.read())


@router.post("/dependencies", dependencies=[Depends(check_upload)])
async def dependencies(file: UploadFile):
    return len(await file.read())


@router.post("/text")
async def text(text: str = Form(...)):
    return len(text)


@router.post("/other")
async def other(file: UploadFile):
    with open("settings.json") as settings:
        return settings.read()


async def no_route(file: UploadFile):
    return await file.read()


def check_admin_role() -> str:
    return "admin"


@router.post("/by-an-administrator")
def by_administrator(file: UploadFile, user: str = Depends(check_admin_role)):
    return {"lines": file.file.read().count(b"\n")}  # AUD604
