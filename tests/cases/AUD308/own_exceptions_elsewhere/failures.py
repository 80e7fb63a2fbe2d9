from dataclasses import dataclass

from fastapi.responses import JSONResponse


@dataclass
class ApiError(Exception):
    code: str
    message: str
    status_code: int = 400


def payload(code, message):
    return {"code": code, "message": message}


async def api_error(request, exc):
    return JSONResponse(status_code=exc.status_code, content=payload(exc.code, exc.message))
