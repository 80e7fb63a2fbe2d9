from failures import ApiError, BackendError
from fastapi import APIRouter
from services import load, load_and_go_on, load_by_default, load_more, load_quietly, load_with_care

router = APIRouter()


@router.get("/orders")
def orders(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise ApiError("backend", str(error), 500) from error  # AUD308


@router.get("/customers")
def customers(session):
    try:
        return session.execute("select * from customers").all()
    except Exception as error:
        raise ApiError("backend", "it failed", 500) from error


@router.get("/all")
def everything(session):
    return [load(session), load_more(session), load_by_default(session), load_quietly(session), load_and_go_on(session)]


@router.get("/some")
def some(session):
    try:
        return load_with_care(session)
    except BackendError:
        return []
