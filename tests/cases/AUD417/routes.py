"""Routes that add several rows: other requests run beside them."""

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from app.database import get_session
from app.models import Tag

router = APIRouter()


@router.post("/tags")
def add_tags(names: list[str], session: Session = Depends(get_session)):
    for name in names:
        existing = session.query(Tag).filter(Tag.name == name).first()
        if existing:
            continue
        session.add(Tag(name=name))  # AUD417
    session.commit()
