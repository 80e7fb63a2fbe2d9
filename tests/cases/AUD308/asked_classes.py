from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse


class ShopError(Exception):
    title = "refused"


app = FastAPI()


def answer(error: Exception) -> JSONResponse:
    if isinstance(error, ShopError):
        problem = {"title": error.title, "detail": str(error)}
    elif isinstance(error, ExceptionGroup) and all(isinstance(one, ShopError) for one in error.exceptions):
        problem = {"title": "refused", "detail": " / ".join(map(str, error.exceptions))}
    else:
        problem = {"title": "failed", "detail": "An internal error occurred"}
    return JSONResponse(problem, status_code=500)


@app.middleware("http")
async def answer_all(request: Request, call_next):
    try:
        return await call_next(request)
    except Exception as error:
        return answer(error)


def tell(error: Exception) -> JSONResponse:
    if isinstance(error, ShopError):
        problem = {"title": error.title, "detail": str(error)}
    else:
        problem = {"title": "failed", "detail": str(error)}
    return JSONResponse(problem, status_code=500)


@app.middleware("http")
async def tell_all(request: Request, call_next):
    try:
        return await call_next(request)
    except Exception as error:
        return tell(error)  # AUD308
