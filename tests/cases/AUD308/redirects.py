from urllib.parse import quote_plus

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, RedirectResponse


class Login:
    def __init__(self, service):
        self.service = service
        self.router = APIRouter()
        self.router.add_api_route("/callback", self.callback)

    def callback(self, code: str):
        try:
            return self.service.login(code)
        except Exception as error:
            return RedirectResponse(f"/login?error={error}")  # AUD308

    def link(self, code: str):
        try:
            return self.service.link(code)
        except Exception as error:
            shown = getattr(error, "message", str(error))
            return RedirectResponse(url=f"/login?error={quote_plus(shown)}", status_code=307)  # AUD308

    def unlink(self, code: str):
        try:
            return self.service.unlink(code)
        except Exception as error:
            kind = getattr(error, "code", "failed")
            return RedirectResponse(f"/login?error={kind}")


app = FastAPI()


@app.get("/orders")
def orders(store):
    try:
        return store.orders()
    except Exception as error:
        return JSONResponse({"error": getattr(error, "detail", str(error))}, status_code=500)  # AUD308
