from fastapi import FastAPI
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from routes import router

app = FastAPI()
app.include_router(router)


@app.exception_handler(ValidationError)
async def not_valid(request, error):
    return JSONResponse({"detail": error.errors()}, status_code=422)
