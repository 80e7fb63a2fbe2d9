from urllib.error import URLError
from urllib.request import urlopen

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()


@app.exception_handler(OSError)
def unavailable(request: Request, error: OSError):
    return JSONResponse({"detail": "unavailable"}, 503)


@app.get("/rates")
def rates(address: str):
    try:
        return urlopen(address).read()
    except URLError:
        return None
