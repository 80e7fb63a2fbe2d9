from fastapi import HTTPException, Request


def current_user(request: Request):
    token = request.headers.get("Authorization")
    if not token:
        raise HTTPException(status_code=401)
    return token


def get_user_name(request: Request):
    return request.headers.get("X-User", "nobody")
