from fastapi import Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError


class Database:
    @staticmethod
    async def handle(request: Request, exc: SQLAlchemyError) -> JSONResponse:
        answer = {"code": 500, "detail": str(exc)}
        return JSONResponse(status_code=500, content=answer)  # AUD308

    @staticmethod
    async def other(request: Request, exc: SQLAlchemyError) -> JSONResponse:
        return JSONResponse(status_code=500, content={"detail": str(exc)})
