from fastapi import APIRouter, Depends, Request
from slowapi import Limiter
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)
router = APIRouter()


def current_user(request: Request):
    return request.state.user


def get_user_manager():
    return {}


@router.post("/login")
@limiter.limit("5/minute")
def login(request: Request, name: str, password: str):
    return {"known": False}


@router.put("/users/{name}/password")
def reset_by_administrator(name: str, password: str, user=Depends(current_user)):
    require_admin(user)
    return {"changed": name}


@router.post("/totp/setup")
def totp_setup(user=Depends(current_user)):
    return {"secret": user.new_secret()}


@router.post("/totp/disable")
def totp_disable(code: str, user=Depends(current_user)):  # AUD616
    return {"disabled": verify_totp(user.secret, code)}


@router.post("/uploads")
def uploads(text: str, user=Depends(current_user)):  # AUD616
    return {"stored": len(text)}


@router.post("/forgot")
def forgot(name: str, users=Depends(get_user_manager)):  # AUD616
    return users.send(name)


@router.post("/token/refresh")
def refresh(token: str):
    return {"token": renewed(token)}


@router.post("/token")
def counted(request: Request, name: str, password: str):
    return {"token": authenticate(name, password, caller_of(request))}


@router.post("/me/password")
def own_password(request: Request, old: str, new: str, user=Depends(current_user)):
    verify_csrf(request)
    return {"changed": change(user, old, new)}


@router.post("/password/reset")
def with_the_token_of_a_mail(token: str, new: str):
    return {"changed": change(verify_reset_token(token), None, new)}
