import json
from dataclasses import asdict, dataclass

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@dataclass
class Event:
    kind: str
    data: str

    def to_dict(self):
        return asdict(self)


@app.get("/a")
def streamed(work):
    def lines():
        try:
            yield from work()
        except Exception as error:
            event = Event(kind="error", data=str(error))
            yield f"data: {json.dumps({'event': event.to_dict()})}\n\n"  # AUD308

    return StreamingResponse(lines())


@app.get("/b")
def made_in_place(work):
    try:
        return work()
    except Exception as error:
        return Event("error", f"failed: {error}").to_dict()  # AUD308


@app.get("/c")
def a_fixed_text(work):
    try:
        return work()
    except Exception as error:
        event = Event("error", "it failed")
        print(error)
        return event.to_dict()


@app.get("/d")
def its_own_document(work):
    try:
        return work()
    except Exception as error:
        return error.to_dict()


@app.get("/e")
def of_its_class(work):
    try:
        return work()
    except Exception as error:
        return Event("error", type(error).__name__).to_dict()
