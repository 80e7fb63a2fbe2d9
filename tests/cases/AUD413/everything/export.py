"""A module of what gives everything."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from app.models import Row

router = APIRouter()


@router.get("/everything")
def everything(session: Session):
    return session.query(Row).all()
