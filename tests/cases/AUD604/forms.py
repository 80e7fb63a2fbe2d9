from fastapi import FastAPI, Request, UploadFile
from starlette.datastructures import UploadFile as PostedFile

app = FastAPI()


@app.post("/taken")
async def taken(request: Request):
    form = await request.form()
    file = form["file"]
    return {"lines": (await file.read()).count(b"\n")}  # AUD604


@app.post("/got")
async def got(request: Request):
    form = await request.form()
    file = form.get("file")
    if file is None:
        return {}
    return {"lines": file.file.read().count(b"\n")}  # AUD604


@app.post("/asked")
async def asked(request: Request):
    form = await request.form()
    found = {}
    for key, value in form.items():
        if isinstance(value, PostedFile):
            found[key] = (await value.read()).count(b"\n")  # AUD604
    return found


@app.post("/never")
async def never(request: Request):
    form = await request.form()
    for value in form.values():
        if isinstance(value, UploadFile):
            return {"lines": (await value.read()).count(b"\n")}
    return {}


@app.post("/limited")
async def limited(request: Request):
    form = await request.form()
    file = form["file"]
    if file.size > 1000:
        return {}
    return {"lines": (await file.read()).count(b"\n")}


@app.post("/in-parts")
async def in_parts(request: Request):
    form = await request.form()
    file = form["file"]
    lines = 0
    while part := await file.read(65536):
        lines += part.count(b"\n")
    return {"lines": lines}


@app.post("/other")
async def other(request: Request, files: dict[str, str]):
    form = await request.form()
    kept = files["path"]
    with open(kept) as file:
        return {"name": form["name"], "content": file.read()}
