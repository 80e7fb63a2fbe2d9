from errors import Problem
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

app = FastAPI()


@app.exception_handler(Problem)
async def answer(request: Request, exc: Problem):
    return JSONResponse(exc.to_dict(instance=str(request.url.path)), status_code=exc.status)
