import logging

from fastapi import APIRouter

logger = logging.getLogger(__name__)
router = APIRouter()


@router.post("/sign-in")
def sign_in(send, code):
    try:
        send(code)
    except OSError as error:
        logger.warning("no mail: %s", error)
        print(f"\n[sign-in] {code}\n")
    return {}


@router.post("/sign-out")
def sign_out(send):
    try:
        send("bye")
    except OSError:
        print("no mail")  # AUD309
    return {}


@router.post("/sign-over")
def sign_over(send):
    try:
        send("over")
    except OSError as error:
        print("no mail")  # AUD309
        logger.warning("no mail: %s", error)
    return {}
