import re
import unicodedata
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Form, HTTPException, Response, UploadFile
from fastapi.responses import FileResponse, StreamingResponse

app = FastAPI()
KNOWN = {"may", "june"}


@app.post("/converted")
async def converted(file: UploadFile):
    data = await file.read()
    name = Path(file.filename).stem
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'})  # AUD624


@app.post("/cut")
async def cut(file: UploadFile):
    name = file.filename.rsplit(".", 1)[0] + ".txt"
    return StreamingResponse(iter(()), headers={"Content-Disposition": "inline; filename=" + name})  # AUD624


@app.post("/quoted")
async def quoted(file: UploadFile):
    name = quote(file.filename)
    return Response(b"", headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


@app.post("/plain")
async def plain(file: UploadFile):
    name = unicodedata.normalize("NFKD", file.filename).encode("ascii", "ignore").decode()
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={name}"})


@app.post("/asked")
async def asked(file: UploadFile):
    name = file.filename
    if not name.isascii():
        raise HTTPException(422)
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={name}"})


@app.post("/taken")
async def taken(file: UploadFile):
    try:
        return Response(b"", headers={"Content-Disposition": f"attachment; filename={file.filename}"})
    except UnicodeEncodeError:
        raise HTTPException(422) from None


@app.post("/letters")
async def letters(title: str = Form(...)):
    safe = "".join(c for c in title if c.isalnum() or c in "-_")
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={safe}"})  # AUD624


@app.post("/others")
async def others(title: str = Form(...)):
    safe = "".join(c if c.isalnum() else "_" for c in title)[:40]
    headers = {"X-Kind": "report"}
    headers["Content-Disposition"] = "attachment; filename=%s" % safe
    return Response(b"", headers=headers)  # AUD624


@app.post("/latin")
async def latin(title: str = Form(...)):
    safe = "".join(c for c in title if c.isalnum() and ord(c) < 128)
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={safe}"})


@app.post("/again")
async def again(title: str = Form(...)):
    title = title.strip()
    title = re.sub(r"\W+", "_", title)
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={title}"})  # AUD624


@app.post("/sometimes")
async def sometimes(title: str = Form(...), strict: bool = True):
    name = title
    if strict:
        name = quote(title)
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={name}"})


@app.get("/known/{month}")
async def known(month: str):
    if month not in KNOWN:
        raise HTTPException(404)
    return Response(b"", headers={"Content-Disposition": f"attachment; filename={month}"})


@app.get("/found/{month}")
async def found(month: str):
    data = await load(month)
    return Response(data, headers={"Content-Disposition": f"attachment; filename={month}"})


@app.get("/later/{month}")
async def later(month: str):
    return Response(load(month), headers={"Content-Disposition": f"attachment; filename={month}"})


@app.get("/set")
def set_later(response: Response, title: str):
    response.headers["X-Title"] = title  # AUD624
    response.headers["X-Kind"] = "report"
    return {}


@app.get("/number/{number}")
def number(number: int):
    return FileResponse("report.pdf", headers={"Content-Disposition": f"attachment; filename={number}.pdf"})


@app.get("/ascii")
def ascii_only(title: str):
    return Response(b"", headers={"X-Title": f"{title!a}"})


async def load(month):
    return b""
