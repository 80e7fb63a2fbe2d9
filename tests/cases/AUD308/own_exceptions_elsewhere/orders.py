from failures import ApiError
from fastapi import APIRouter

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
