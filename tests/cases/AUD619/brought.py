"""Ways in which a secret comes with a request, and where the server's own is kept."""

from fastapi import Depends, FastAPI, Header, HTTPException, Security
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials

from app.models import Room
from app.settings import settings
from app.store import rooms, session

app = FastAPI()
key_header = APIKeyHeader(name="X-Key")
basic = HTTPBasic()


async def by_scheme(key: str = Security(key_header)):
    if key != settings.api_key:  # AUD619
        raise HTTPException(403)


async def by_password(given: HTTPBasicCredentials = Depends(basic)):
    if given.username != "admin" or given.password != settings.admin_password:  # AUD619
        raise HTTPException(401)


async def by_parts(authorization: str = Header("")):
    scheme, _, token = authorization.partition(" ")
    if scheme != "Bearer" or token != settings.api_key:  # AUD619
        raise HTTPException(401)


@app.post("/rooms/{room_id}")
async def enter(room_id: str, x_room_secret: str = Header(...)):
    room = rooms.get(room_id)
    if room is None or room.secret != x_room_secret:  # AUD619
        raise HTTPException(403)


@app.get("/rooms")
async def find(secret: str = Header(...)):
    # The database compares.
    return session.query(Room).filter(Room.secret == secret).first()


@app.post("/again/{room_id}")
async def found_by_secret(secret: str = Header(...)):
    room = rooms.by_secret(secret)
    if room.secret != secret:
        raise HTTPException(403)


@app.post("/scheme")
async def scheme_only(authorization: str = Header("")):
    scheme, _, token = authorization.partition(" ")
    if scheme != settings.scheme:
        raise HTTPException(401)
    return token


@app.put("/rooms/{room_id}")
async def changed(room_id: str, secret: str = Header(...)):
    room = rooms.get(room_id)
    error = None
    if room.secret != secret:
        error = rooms.check(secret)
    return error
