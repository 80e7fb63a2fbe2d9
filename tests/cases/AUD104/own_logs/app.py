import audit_log
from audit_log import CallLog, Catalog
from fastapi import FastAPI

app = FastAPI()


def note(event):
    audit_log.record(event)


@app.post("/orders")
async def order(body: dict):
    note(body)
    audit_log.record(body)
    audit_log.log_call("order")
    CallLog().append("order")
    Catalog().append("order")  # AUD104
    audit_log.login("order")  # AUD104
    return audit_log.read_all()  # AUD104
