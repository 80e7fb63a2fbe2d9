"""Texts of exceptions that are put into something else behind the handler."""

from fastapi import FastAPI
from fastapi.responses import JSONResponse

app = FastAPI()


@app.get("/adapters")
async def adapters():
    items = []
    for adapter in load_adapters():
        issues = []
        try:
            issues = list(adapter.check())
        except Exception as error:
            issues = [f"not checked: {error}"]
        items.append({"name": adapter.name, "issues": issues})
    return {"items": items}  # AUD308


@app.get("/orders")
async def orders():
    failure = None
    try:
        await refresh_orders()
    except Exception as error:
        failure = str(error)
    answer = {"failure": failure}
    return answer  # AUD308


@app.get("/counts")
async def counts():
    failures = []
    for name in load_names():
        try:
            await refresh(name)
        except Exception as error:
            failures.append(str(error))
    answer = {"failures": len(failures)}
    return answer


@app.get("/invoices")
async def invoices():
    failure = None
    try:
        await refresh_invoices()
    except Exception as error:
        failure = str(error)
    failure = "the invoices are old" if failure else None
    answer = {"failure": failure}
    return answer


@app.get("/receipts")
async def receipts():
    result = {}
    try:
        result = await refresh_receipts()
    except Exception as error:
        result = {"failure": str(error)}
    body = {"ok": True, "result": result}
    response = JSONResponse(content=body)  # AUD308
    response.headers["X-State"] = "new"
    return response
