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


class BackendError(Exception):
    status_code = 502

    def __init__(self, detail: str | None = None):
        self.detail = detail if detail is not None else "it failed"
        super().__init__(self.detail)


class StatusError(Exception):
    def __init__(self, detail: str, status_code: int):
        self.detail = detail
        self.status_code = status_code


class RefusedError(StatusError):
    def __init__(self, detail: str):
        super().__init__(detail, 403)


class DefaultError(Exception):
    def __init__(self, detail: str, status_code: int = 500):
        self.detail = detail
        self.status_code = status_code


class QuietError(Exception):
    """Registered, and of no status: it may be caught on its way."""

    def __init__(self, detail: str):
        self.detail = detail


async def backend_error(request, exc):
    return JSONResponse(status_code=exc.status_code, content={"error": exc.detail})


async def quiet_error(request, exc):
    return JSONResponse(status_code=500, content={"error": exc.detail})
