from fastapi import APIRouter

from services.mail import send
from services.stock import count

router = APIRouter()
SENDERS = {"mail": send, "stock": count}


@router.post("/mails")
def mail(name: str, text: str):
    return SENDERS[name](text)
