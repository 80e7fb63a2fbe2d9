"""Changes that a helper or the row itself writes, two states, and what an UPDATE is given."""

from fastapi import APIRouter, HTTPException
from sqlalchemy import select, update
from sqlalchemy.orm import Session

router = APIRouter()


class StockService:
    def __init__(self, session: Session):
        self.session = session

    def _save(self):
        self.session.commit()

    def _update_views(self, item):
        print(item)

    def take(self, identifier):
        item = self.session.get(Item, identifier)
        item.stock -= 1  # AUD416
        self._save()

    def look(self, identifier):
        item = self.session.get(Item, identifier)
        item.stock -= 1
        self._update_views(item)


@router.post("/saved")
def saved(identifier: int, session: Session):
    item = session.query(Item).filter(Item.id == identifier).one()
    item.stock -= 1  # AUD416
    item.save()


@router.post("/one-of-two")
def one_of_two(identifier: int, session: Session):
    item = session.get(Item, identifier)
    if item.status == "closed":
        raise HTTPException(409)
    item.status = "done" if item.pack() else "failed"  # AUD416
    session.commit()


@router.post("/filtered")
def filtered(identifier: int, tag: str, session: Session):
    item = session.get(Item, identifier)
    item.tags = [one for one in item.tags if one != tag]  # AUD416
    session.commit()


@router.post("/given")
def given(identifier: int, session: Session):
    item = session.get(Item, identifier)
    session.execute(update(Item).where(Item.id == identifier).values(stock=item.stock - 1))  # AUD416
    session.commit()


@router.post("/given-old")
def given_old(identifier: int, session: Session):
    item = session.query(Item).filter(Item.id == identifier).one()
    session.query(Item).filter(Item.id == identifier).update({"stock": item.stock - 1})  # AUD416
    session.commit()


@router.post("/compared")
def compared(identifier: int, session: Session):
    item = session.get(Item, identifier)
    query = session.query(Item).filter(Item.id == identifier, Item.stock == item.stock)
    query.update({"stock": item.stock - 1})
    session.commit()


@router.post("/counted")
def counted(identifier: int, session: Session):
    session.execute(update(Item).where(Item.id == identifier).values(stock=Item.stock - 1))
    session.commit()


@router.post("/locked")
def locked(identifier: int, session: Session):
    item = session.scalars(select(Item).where(Item.id == identifier).with_for_update()).one()
    session.execute(update(Item).where(Item.id == identifier).values(stock=item.stock - 1))
    session.commit()
