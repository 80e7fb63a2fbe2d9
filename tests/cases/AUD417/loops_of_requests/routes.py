from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from .tags import keep, keep_events, set_tags

router = APIRouter()


def get_session():
    yield Session()


@router.put("/libraries/{number}/tags")
def tags(number: int, names: list[str], session: Session = Depends(get_session)):
    set_tags(session, number, names)


@router.put("/settings")
def settings(values: dict[str, str], session: Session = Depends(get_session)):
    keep(session, values)


@router.put("/events")
def events(given: list, session: Session = Depends(get_session)):
    keep_events(session, given)
