from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPBearer

from .keys import is_admin, known_key, listed_key, named_key, row_of

bearer = HTTPBearer()


async def gateway(request: Request, creds=Depends(bearer)):
    config = request.app.state.config
    if is_admin(config, request.headers.get("X-Token")):
        return None
    row_of(config.rows(), creds.credentials)
    named_key(config, creds.credentials)
    return known_key(config, creds.credentials)


def offline(config, line):
    if listed_key(config, line.strip()) is None:
        raise HTTPException(401)
