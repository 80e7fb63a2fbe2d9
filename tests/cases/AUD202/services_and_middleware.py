import httpx
from fastapi import APIRouter
from starlette.middleware.base import BaseHTTPMiddleware

router = APIRouter()


class Captcha(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if not await self._is_person(request.headers["captcha"]):
            return None
        async with httpx.AsyncClient() as client:  # AUD202
            await client.post("https://log.example.com/seen")
        return await call_next(request)

    async def _is_person(self, token):
        async with httpx.AsyncClient(timeout=3) as client:  # AUD202
            answer = await client.post("https://captcha.example.com/verify", data={"token": token})
        return answer.is_success


class Payments:
    def __init__(self, base):
        self.base = base
        self._token = ""
        self.rate = ""
        self.sent = 0

    async def pay(self, token, amount):
        self._token = token
        async with httpx.AsyncClient() as client:  # AUD202
            answer = await client.post(f"{self.base}/pay", json={"amount": amount})
        self.sent += 1
        return answer.status_code

    async def read_rate(self, currency):
        async with httpx.AsyncClient() as client:
            self.rate = (await client.get(f"{self.base}/rates/{currency}")).text


class Logins:
    @staticmethod
    async def by_code(code):
        async with httpx.AsyncClient() as client:  # AUD202
            return (await client.post("https://login.example.com/token", data={"code": code})).text

    @classmethod
    async def by_name(cls, name):
        async with httpx.AsyncClient() as client:  # AUD202
            return (await client.post("https://login.example.com/names", data={"name": name})).text

    @staticmethod
    async def by_nobody(code):
        async with httpx.AsyncClient() as client:
            return (await client.post("https://login.example.com/token", data={"code": code})).text


@router.get("/login")
async def login(code: str, name: str):
    return await Logins.by_code(code) or await Logins.by_name(name)
