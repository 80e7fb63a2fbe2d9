from accounts import AccountService
from failures import ApiError
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from routes import AccountRoutes
from sqlalchemy.orm import sessionmaker

app = FastAPI()
app.include_router(AccountRoutes(AccountService(sessionmaker()())).router)


@app.exception_handler(ApiError)
def api_error(request: Request, exc: ApiError):
    return JSONResponse({"message": str(exc)}, status_code=exc.status_code)
